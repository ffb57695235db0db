"""Voting, reporting and blocking as a reader does it: without a script."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from comments.counting import count_votes
from comments.limits import READERS_OF_NETWORK, VOTING
from comments.models import Ban, Block, Comment, CommentSettings, Report, Status, Vote
from comments.readers import cookie_name, hashed
from tests.builders import make_article, make_draft, make_user
from tests.comments.builders import (
    discussion_url,
    make_comment,
    make_comments,
    post_comment,
    use_up,
)

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

LOCAL_NETWORK = "127.0.0.1"


@pytest.fixture
def article():
    return make_article()


@pytest.fixture
def comment(article):
    return make_comment(article, "물음", name="물은이")


def like(client, comment, value="like", **fields):
    return client.post(f"/comments/{comment.pk}/vote/", {"value": value, **fields})


def send_report(client, comment, reason="abuse", note=""):
    return client.post(f"/comments/{comment.pk}/report/", {"reason": reason, "note": note})


def page(client, article, query="") -> str:
    return client.get(discussion_url(article) + query).content.decode()


def test_reading_and_looking_at_forms_sets_no_key(client, article, comment):
    for url in (
        article.get_absolute_url(),
        discussion_url(article),
        f"/comments/{comment.pk}/vote/",
    ):
        assert cookie_name() not in client.get(url).cookies


def test_a_vote_sets_a_key_that_scripts_cannot_read(client, comment):
    cookie = like(client, comment).cookies[cookie_name()]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_a_vote_is_counted_and_leads_back_to_the_comment(client, article, comment):
    response = like(client, comment)
    comment.refresh_from_db()
    assert response.status_code == 303
    assert response["Location"] == f"{discussion_url(article)}#comment-{comment.pk}"
    assert comment.likes == 1


def test_a_vote_leads_back_to_the_page_it_was_made_on(client, article, comment):
    back = f"{discussion_url(article)}?sort=likes"
    assert like(client, comment, back=back)["Location"] == f"{back}#comment-{comment.pk}"


@pytest.mark.promise("A6")
@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/admin/", "/\\evil"])
def test_a_vote_leads_nowhere_else(client, article, comment, back):
    response = like(client, comment, back=back)
    assert response["Location"] == f"{discussion_url(article)}#comment-{comment.pk}"


def test_a_second_press_withdraws_what_the_page_shows(client, article, comment):
    like(client, comment)
    html = client.get(f"/comments/{comment.pk}/vote/").content.decode()
    first = re.search(r'name="value"\s+value="(\w+)"\s+aria-pressed="true"', html)
    assert first is not None
    like(client, comment, first[1])
    assert not Vote.objects.exists()


def test_the_discussion_shows_my_vote_to_me_alone(client, article, comment):
    like(client, comment)
    assert 'aria-pressed="true"' in page(client, article)
    assert 'aria-pressed="true"' not in page(Client(), article)


def test_one_browser_votes_once_and_another_again(comment):
    one, other = Client(), Client()
    for client in (one, one, other):
        like(client, comment)
    assert Vote.objects.count() == 2


def test_a_browser_that_throws_its_key_away_keeps_its_vote_while_its_csrf_cookie_stays(comment):
    browser = Client(enforce_csrf_checks=True)
    html = browser.get(f"/comments/{comment.pk}/vote/").content.decode()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', html)
    assert token is not None
    for _ in range(3):
        like(browser, comment, csrfmiddlewaretoken=token[1])
        browser.cookies.pop(cookie_name())
    assert Vote.objects.count() == 1


def test_keys_gathered_elsewhere_do_not_make_one_network_a_crowd(article, comment):
    other = make_comment(article, "모으는 곳")
    browsers = [Client(REMOTE_ADDR=f"198.51.100.{number}") for number in range(3)]
    for browser in browsers:
        like(browser, other)
    use_up(READERS_OF_NETWORK, "192.0.2.1", comment.pk, but=2)
    url, vote = f"/comments/{comment.pk}/vote/", {"value": "like"}
    statuses = [
        browser.post(url, vote, REMOTE_ADDR="192.0.2.1").status_code for browser in browsers
    ]
    assert statuses == [303, 303, 429]
    assert browsers[0].post(url, vote, REMOTE_ADDR="192.0.2.1").status_code == 303


def test_a_forged_key_is_nobody(client, comment):
    client.cookies[cookie_name()] = "somebody:else"
    like(client, comment)
    assert Vote.objects.get().voter != f"browser:{hashed('browser', 'somebody')}"


def test_nonsense_is_422(client, comment):
    for value in ("", "3", "like' OR 1=1", "\x00"):
        response = like(client, comment, value)
        assert response.status_code == 422
        assert 'href="#id_' not in response.content.decode()
    response = send_report(client, comment, reason="nothing")
    assert response.status_code == 422
    # What is wrong leads to the first of the reasons.
    assert 'href="#id_reason_0"' in response.content.decode()
    assert send_report(client, comment, note="가" * 501).status_code == 422
    assert not Vote.objects.exists()
    assert not Report.objects.exists()


@pytest.mark.promise("A6")
@pytest.mark.parametrize("action", ["vote", "report", "block"])
def test_looking_changes_nothing_and_other_methods_are_not_allowed(client, comment, action):
    url = f"/comments/{comment.pk}/{action}/"
    response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"
    assert client.put(url).status_code == 405
    assert not Vote.objects.exists()
    assert not Block.objects.exists()


@pytest.mark.parametrize("action", ["vote", "report", "block"])
def test_reactions_need_a_token(comment, action):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(f"/comments/{comment.pk}/{action}/", {"value": "like", "reason": "spam"})
    assert response.status_code == 403


def test_what_readers_do_not_see_is_404(client, article):
    hidden = make_comment(article, status=Status.HIDDEN)
    draft = make_comment(make_draft())
    for comment in (hidden, draft):
        for action in ("vote", "report", "block"):
            assert client.post(f"/comments/{comment.pk}/{action}/").status_code == 404


def test_a_report_folds_the_comment_for_the_reporter_at_once(client, article, comment):
    response = send_report(client, comment, note="심한 말")
    assert response["Location"] == f"{discussion_url(article)}?notice=reported#notice"
    assert "신고하신 댓글입니다." in page(client, article)
    assert "신고하신 댓글입니다." not in page(Client(), article)
    assert Report.objects.get().note == "심한 말"


def test_a_comment_many_have_reported_is_folded_for_all_and_can_be_opened(article, comment):
    CommentSettings.objects.create(report_threshold=3)
    for _ in range(3):
        send_report(Client(), comment)
    for html in (
        page(Client(), article),
        Client().get(article.get_absolute_url()).content.decode(),
    ):
        assert "여러 독자의 신고로 접힌 댓글입니다." in html
        assert "<details" in html
        assert "물음" in html


def test_a_blocked_author_is_folded_everywhere_for_me_until_i_let_go(client, article):
    alice = make_user()
    first = make_comment(article, "하나", account=alice)
    elsewhere = make_article("다른 글")
    make_comment(elsewhere, "둘", account=alice)
    client.post(f"/comments/{first.pk}/block/")
    assert "차단하신 분의 댓글입니다." in page(client, elsewhere)
    assert "차단하신 분" not in page(Client(), elsewhere)
    listed = client.get("/comments/blocks/").content.decode()
    assert "앨리스" in listed
    client.post("/comments/blocks/", {"block": Block.objects.get().pk})
    assert "차단하신 분" not in page(client, elsewhere)


def test_nobody_lets_go_for_somebody_else(client, comment):
    client.post(f"/comments/{comment.pk}/block/")
    Client().post("/comments/blocks/", {"block": Block.objects.get().pk})
    assert Block.objects.exists()


def test_a_guest_is_known_by_the_browser_not_by_the_name(article):
    troll, namesake, reader = Client(), Client(REMOTE_ADDR="198.51.100.9"), Client()
    post_comment(troll, article, "하나", name="길손")
    post_comment(namesake, article, "둘", name="길손")
    reader.post(f"/comments/{Comment.objects.get(body='하나').pk}/block/")
    assert page(reader, article).count("차단하신 분의 댓글입니다.") == 1


def test_the_switch_for_the_whole_site_stops_all_writing_and_no_reading(client, article, comment):
    CommentSettings.objects.create(writing_enabled=False)
    html = page(client, article)
    assert "물음" in html
    assert "지금은 댓글을 쓸 수 없습니다" in html
    assert post_comment(client, article, "못 쓰는 글").status_code == 403
    assert like(client, comment).status_code == 403
    assert send_report(client, comment).status_code == 403
    assert not Vote.objects.exists()


def test_a_closed_discussion_still_takes_votes_and_reports(client):
    comment = make_comment(make_article(comment_policy="read_only"))
    assert like(client, comment).status_code == 303
    assert send_report(client, comment).status_code == 303


def test_a_banned_reader_does_not_vote(client, comment):
    Ban.objects.create(network_hash=hashed("network", "127.0.0.1"), reason="도배")
    response = like(client, comment)
    assert response.status_code == 403
    assert "도배" in response.content.decode()


def test_too_many_votes_a_minute_must_wait(article, comment):
    client = Client()
    use_up(VOTING, LOCAL_NETWORK, but=2)
    assert [like(client, comment).status_code for _ in range(3)] == [303, 303, 429]


def test_new_keys_for_one_comment_run_out(comment):
    use_up(READERS_OF_NETWORK, LOCAL_NETWORK, comment.pk, but=2)
    assert [like(Client(), comment).status_code for _ in range(3)] == [303, 303, 429]


def test_recommended_comments_stand_on_top_once(client, article):
    comments = make_comments(article, 25)
    Comment.objects.filter(pk=comments[0].pk).update(recommended_at=timezone.now())
    html = page(client, article)
    assert html.index(f'id="comment-{comments[0].pk}"') < html.index(
        f'id="comment-{comments[24].pk}"'
    )
    assert "편집자 추천" in html
    assert html.count(f'id="comment-{comments[0].pk}"') == 1
    assert client.get(f"/comments/{comments[0].pk}/")["Location"].startswith(
        f"{discussion_url(article)}#"
    )


def test_removals_are_counted_in_public(client, article):
    make_comment(article, status=Status.HIDDEN)
    make_comment(article, status=Status.SPAM)
    make_comment(article, status=Status.DELETED)
    make_comment(article, status=Status.DELETED)
    text = " ".join(re.sub(r"<[^>]+>", " ", page(client, article)).split())
    assert "내려진 댓글: 작성자 2개, 운영자 1개, 자동 1개" in text


@pytest.mark.parametrize(
    ("sort", "expected"), [("likes", ["셋", "하나", "둘"]), ("ratio", ["하나", "셋", "둘"])]
)
def test_votes_sort_threads(client, article, sort, expected):
    for body, likes, dislikes in (("하나", 3, 0), ("둘", 0, 1), ("셋", 9, 5)):
        comment = make_comment(article, body)
        for number in range(likes + dislikes):
            value = 1 if number < likes else -1
            Vote.objects.create(comment=comment, voter=f"browser:{number}", value=value)
        count_votes(comment)
    bodies = re.findall(r'comment-body"><p>(.*?)</p>', page(client, article, f"?sort={sort}"))
    assert bodies == expected
