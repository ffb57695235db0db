import pytest
from django.urls import reverse
from django.utils import timezone

from comments import bans
from comments.models import Action, Ban, ModerationEvent, ModeratorNote, Status
from tests.articles.desk import make_staff, signed_in
from tests.builders import make_article, make_user
from tests.comments.admin.desk import change_url, moderators_desk, press
from tests.comments.builders import make_comment, make_comments, post_comment

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

BANS = "/admin/comments/ban/"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def desk():
    return moderators_desk()


def note_url(comment):
    return reverse("admin:comments_comment_note", args=[comment.pk])


def ban_url(comment):
    return reverse("admin:comments_comment_ban", args=[comment.pk])


def ban(desk, comment, **fields):
    form = {"target": "network", "duration": "7", "reason": "도배"} | fields
    return desk.post(ban_url(comment), form, follow=True)


def lift(desk, *found):
    return desk.post(BANS, {"action": "lift", "_selected_action": [each.pk for each in found]})


def test_the_page_of_a_comment_shows_its_history_and_the_writers_other_comments(desk, article):
    make_comment(article, "다른 데서 한 말")
    comment = make_comment(article, status=Status.HELD)
    press(desk, "approve", comment, reason="좋은 글")
    html = desk.get(change_url(comment)).content.decode()
    for text in ("밥: 공개", "좋은 글", "다른 데서 한 말"):
        assert text in html


@pytest.mark.parametrize("pk", ["0", "x", "99999999999999999999", "404", "1_2"])
def test_a_comment_that_is_not_is_404(desk, pk):
    assert desk.get(f"/admin/comments/comment/{pk}/change/").status_code == 404


def test_the_page_edits_nothing(desk, article):
    comment = make_comment(article, "원래 글")
    assert desk.post(change_url(comment), {"body": "남의 손"}).status_code == 405
    assert desk.get("/admin/comments/comment/add/").status_code == 403
    delete = desk.post(f"/admin/comments/comment/{comment.pk}/delete/", {"post": "yes"})
    assert delete.status_code == 403


def test_the_page_shows_no_password_and_no_hash(desk, article):
    comment = make_comment(article, browser_hash="a1" * 16, network_hash="b2" * 16)
    html = desk.get(change_url(comment)).content.decode()
    for secret in (comment.password, comment.browser_hash, comment.network_hash):
        assert secret not in html


def test_a_note_is_about_the_writer_and_stands_at_the_other_comments(desk, article):
    one, other = make_comments(article, 2)
    desk.post(note_url(one), {"text": "말투가 거칩니다."})
    html = desk.get(change_url(other)).content.decode()
    assert "말투가 거칩니다." in html
    assert f"{one.pk}번 댓글에서" in html
    assert ModeratorNote.objects.get().written_by.display_name == "밥"


@pytest.mark.parametrize("text", ["", "가" * 1_001])
def test_an_empty_or_endless_note_is_422(desk, article, text):
    assert desk.post(note_url(make_comment(article)), {"text": text}).status_code == 422


def test_a_network_is_banned_for_a_time_and_cannot_write(desk, client, article):
    post_comment(client, article, "도배 하나")
    comment = article.comments.get()
    ban(desk, comment)
    found = Ban.objects.get()
    assert found.network_hash == comment.network_hash
    assert 6 < (found.expires_at - timezone.now()).days + 1 <= 7
    post_comment(client, article, "도배 둘")
    assert article.comments.count() == 1


def test_an_account_is_banned_without_an_end(desk, article):
    comment = make_comment(article, account=make_user(), network_hash="n" * 32)
    ban(desk, comment, target="account", duration="")
    found = Ban.objects.get()
    assert (found.account, found.network_hash, found.expires_at) == (comment.account, "", None)


def test_bans_are_logged_at_the_comment_that_gave_the_occasion(desk, article):
    comment = make_comment(article, network_hash="n" * 32)
    ban(desk, comment)
    lift(desk, Ban.objects.get())
    events = ModerationEvent.objects.filter(comment_ref=comment.pk).order_by("pk")
    assert [event.action for event in events] == [Action.BAN, Action.UNBAN]
    assert "도배" in events[0].reason


def test_a_lifted_ban_stays_in_the_list_as_over(desk, article):
    comment = make_comment(article, network_hash="n" * 32)
    ban(desk, comment)
    lift(desk, Ban.objects.get())
    assert Ban.against(None, comment.network_hash) is None
    assert "풀림" in desk.get(BANS + "?force=off").content.decode()


@pytest.mark.parametrize(
    "fields", [{"target": "account"}, {"target": "x"}, {"duration": "99"}, {"reason": ""}]
)
def test_a_ban_without_whom_how_long_or_why_is_422(desk, article, fields):
    comment = make_comment(article, network_hash="n" * 32)
    assert ban(desk, comment, **fields).status_code == 422
    assert not Ban.objects.exists()


def test_moderators_are_not_banned(desk, article):
    colleague = make_staff("change_comment", email="carol@pildam.example")
    response = ban(desk, make_comment(article, account=colleague), target="account")
    assert response.status_code == 422
    assert "운영자의 계정은 막을 수 없습니다." in response.content.decode()


def test_whoever_left_no_trace_cannot_be_banned(desk, article):
    comment = make_comment(article)
    assert bans.targets_of(comment) == []
    assert "막을 수 없습니다" in desk.get(ban_url(comment)).content.decode()


def test_bans_notes_and_pages_ask_for_permission(article):
    comment = make_comment(article, network_hash="n" * 32)
    desk = moderators_desk("view_comment")
    assert ban(desk, comment).status_code == 403
    assert desk.post(note_url(comment), {"text": "메모"}).status_code == 403
    assert desk.get(BANS).status_code == 403
    assert (
        signed_in(make_staff("view_article", email="dave@pildam.example"))
        .get(change_url(comment))
        .status_code
        == 403
    )


def test_who_may_only_see_bans_cannot_lift_them(article):
    comment = make_comment(article, network_hash="n" * 32)
    ban(moderators_desk(), comment)
    looking = make_staff("view_ban", email="dave@pildam.example")
    lift(signed_in(looking), Ban.objects.get())
    assert Ban.against(None, comment.network_hash) is not None
