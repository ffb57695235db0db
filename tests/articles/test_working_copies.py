"""What is kept while somebody writes, and how it is offered back."""

from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from articles.admin.offers import unfinished
from articles.models import Article, Deed, DeskEvent, Revision, Status, WorkingCopy
from tests.articles.desk import ADD, change_url, form_of, make_editor, make_staff, signed_in
from tests.builders import make_article, make_author, make_draft, publish

pytestmark = pytest.mark.django_db

KEEP = "/admin/articles/article/working-copy/"
SITTING = "0123456789abcdef" * 2
LOGIN = "/admin/login/"


@pytest.fixture
def editor() -> Any:
    return make_editor()


@pytest.fixture
def desk(editor: Any) -> Client:
    return signed_in(editor)


def keep(client: Client, article: Article | None = None, **changes: Any) -> Any:
    """Send what the script sends while somebody writes."""
    form = form_of(article, sitting=SITTING, changed="1", **changes)
    return client.post(KEEP, form | {"article": article.pk if article else ""})


def resume(article: Article | None = None, sitting: str = SITTING) -> str:
    return f"{change_url(article) if article else ADD}?copy={sitting}"


def test_a_sitting_is_one_row_however_often_it_is_kept(desk: Client) -> None:
    article = make_draft()
    keep(desk, article, body="첫 줄")
    answer = keep(desk, article, body="첫 줄\r\n둘째 줄").json()
    copy = WorkingCopy.objects.get()
    assert (copy.article, copy.form["body"]) == (article, "첫 줄\n둘째 줄")
    assert answer["kept"].startswith("자동 저장됨 ")


def test_only_fields_of_the_article_are_kept_and_no_nul(desk: Client) -> None:
    keep(desk, title="가\x00나\ufffe", status="published", password="비밀")
    form = WorkingCopy.objects.get().form
    assert form["title"] == "가나"
    assert not {"status", "password", "base", "sitting", "csrfmiddlewaretoken"} & set(form)


def test_a_beat_without_a_change_keeps_nothing(desk: Client) -> None:
    article = make_draft()
    response = desk.post(KEEP, {"article": article.pk, "sitting": SITTING, "base": ""})
    assert response.json() == {"notices": []}
    assert not WorkingCopy.objects.exists()


@pytest.mark.any_engine
@pytest.mark.parametrize("sitting", ["", "x" * 32, "a" * 33])
def test_what_names_no_sitting_is_refused(desk: Client, sitting: str) -> None:
    form = form_of(article="", sitting=sitting, changed="1")
    assert desk.post(KEEP, form).status_code == 422


def test_nobody_writes_into_the_sitting_of_another(desk: Client) -> None:
    keep(desk, title="내 글")
    other = signed_in(make_editor("other@pildam.example"))
    assert keep(other, title="남의 글").status_code == 403
    assert WorkingCopy.objects.get().form["title"] == "내 글"


@pytest.mark.any_engine
def test_a_copy_takes_the_permission_that_saving_takes(desk: Client) -> None:
    others_draft = make_draft()
    writer = signed_in(make_staff("view_article", "add_article", "change_article"))
    assert keep(writer, others_draft).status_code == 403
    assert (
        signed_in(make_staff("view_article", email="v@pildam.example")).get(KEEP).status_code == 403
    )
    assert Client().post(KEEP, {}).url.startswith(LOGIN)


def test_a_page_left_open_on_what_was_approved_meanwhile_is_no_attempt() -> None:
    staff = make_staff("view_article", "add_article", "change_article")
    own = make_article(status=Status.APPROVED, published_at=None, owner=staff)
    writer = signed_in(staff)
    assert keep(writer, own).status_code == 403
    assert not DeskEvent.objects.exists()
    assert keep(writer, make_draft("남의 글")).status_code == 403
    assert DeskEvent.objects.get().deed == Deed.REFUSED


@pytest.mark.parametrize("article", ["0", "-1", "9" * 30, "글"])
def test_a_nonsensical_article_is_no_error_of_ours(article: str) -> None:
    bob = signed_in(make_staff("change_article"))
    assert bob.post(KEEP, {"article": article, "sitting": SITTING}).status_code == 403


def test_an_unsaved_text_is_offered_back_with_what_differs(desk: Client) -> None:
    article = make_draft(body="첫 줄")
    keep(desk, article, title="새 제목", body="가" * 1230)
    page = desk.get(change_url(article)).text
    assert "1,230자" in page
    assert "지금 글과 다른 곳: 제목, 본문" in page


def test_a_copy_that_says_what_is_stored_is_not_offered(desk: Client) -> None:
    article = make_draft(authors=[make_author()], tags=["기술"])
    keep(desk, article)
    assert desk.get(change_url(article)).context["offers"] == []


def test_the_form_goes_on_with_the_copy_and_its_beginning(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft(authors=[alice, bob])
    rows = {"byline-0-author": bob.pk, "byline-1-author": alice.pk}
    keep(desk, article, title="새 제목", tags="기술, 철학", **rows)
    base = WorkingCopy.objects.get().base
    Article.objects.filter(pk=article.pk).update(dek="남이 고친 부제")
    context = desk.get(resume(article)).context
    form, [byline, _] = context["adminform"].form, context["inline_admin_formsets"]
    assert (form.initial["title"], form.initial["tags"]) == ("새 제목", "기술, 철학")
    assert [row.initial["author"] for row in byline.formset.forms] == [bob.pk, alice.pk]
    assert (context["base"], context["sitting"]) == (base, SITTING)
    assert context["notices"] == [
        "그사이 이 글이 바뀌었습니다. 저장하면 두 글을 견주어 보게 됩니다."
    ]


def test_nonsense_in_a_copy_is_shown_and_crashes_nothing(desk: Client) -> None:
    nonsense = {"series": "글", "lead_image": "9" * 40, "category": "-1", "episode": "삼"}
    keep(
        desk, title="가" * 500, **nonsense, **{"byline-0-author": "누구", "byline-7-position": "x"}
    )
    assert desk.get(resume()).status_code == 200
    assert desk.get(f"{KEEP}{SITTING}/").status_code == 200


def test_a_new_article_is_listed_until_it_is_saved(desk: Client, editor: Any) -> None:
    keep(desk, title="쓰다 만 글", body="본문")
    [row] = unfinished(editor)
    assert (row["title"], row["url"]) == ("쓰다 만 글", resume())
    assert 'value="쓰다 만 글"' in desk.get(row["url"]).text
    desk.post(row["url"], form_of(title="쓰다 만 글", body="본문", sitting=SITTING))
    assert Article.objects.get().body == "본문"
    assert unfinished(editor) == []


def test_saving_leaves_the_version_and_not_the_copy(desk: Client) -> None:
    article = make_draft()
    keep(desk, article, body="고친 본문")
    desk.post(change_url(article), form_of(article, body="고친 본문", sitting=SITTING))
    assert Revision.objects.filter(content__body="고친 본문").exists()
    assert not WorkingCopy.objects.exists()


def test_what_was_on_its_way_when_the_article_was_saved_comes_too_late(
    desk: Client, django_capture_on_commit_callbacks: Any
) -> None:
    article = make_draft()
    form = form_of(article, body="고친 본문", sitting=SITTING)
    with django_capture_on_commit_callbacks(execute=True):
        desk.post(change_url(article), form)
    keep(desk, article, body="고친")
    assert not WorkingCopy.objects.exists()


def test_a_refused_form_leaves_the_copy(desk: Client) -> None:
    article = make_draft()
    keep(desk, article, body="고친 본문")
    assert (
        desk.post(change_url(article), form_of(article, title="", sitting=SITTING)).status_code
        == 422
    )
    assert WorkingCopy.objects.exists()


def test_a_copy_that_is_thrown_away_stays_in_the_history(desk: Client) -> None:
    article = make_draft()
    keep(desk, article, body="고친 본문")
    response = desk.post(f"{KEEP}{SITTING}/discard/")
    assert response.url == change_url(article)
    assert WorkingCopy.objects.get().discarded_at is not None
    assert desk.get(change_url(article)).context["offers"] == []


@pytest.mark.any_engine
def test_the_copies_of_others_are_not_there(desk: Client) -> None:
    article = make_draft()
    keep(desk, article, body="고친 본문")
    other = signed_in(make_editor("other@pildam.example"))
    assert other.get(change_url(article)).context["offers"] == []
    assert other.get(resume(article)).status_code == 404
    assert other.get(f"{KEEP}{SITTING}/").status_code == 404
    assert other.post(f"{KEEP}{SITTING}/discard/").status_code == 404
    assert desk.get(resume()).status_code == 404


@pytest.mark.any_engine
def test_comparing_takes_the_permission_to_see_the_article(desk: Client) -> None:
    writer = make_staff("view_article", "add_article", "change_article")
    article, client = make_draft(owner=writer), signed_in(writer)
    keep(client, article, body="쓰던 본문")
    publish(article)
    assert client.get(f"{KEEP}{SITTING}/").status_code == 403


def test_a_copy_is_compared_with_what_is_stored(desk: Client) -> None:
    article = make_draft(body="학교에 간다.")
    keep(desk, article, body="학교를 <b>떠난다</b>.")
    page = desk.get(f"{KEEP}{SITTING}/").text
    assert "<del>" in page
    assert "&lt;b&gt;" in page


def test_old_copies_are_purged(desk: Client, editor: Any) -> None:
    old, kept = uuid4().hex, uuid4().hex
    WorkingCopy.objects.create(sitting=kept, writer=editor)
    WorkingCopy.objects.create(
        sitting=old, writer=editor, updated_at=timezone.now() - timedelta(days=91)
    )
    out = StringIO()
    call_command("purge_working_copies", stdout=out)
    assert WorkingCopy.objects.get().sitting == kept
    assert "working copies: 1" in out.getvalue()


@pytest.mark.any_engine
def test_a_page_that_outlived_its_session_gets_the_new_token(desk: Client, editor: Any) -> None:
    answer = desk.get(KEEP).json()
    assert answer["user"] == editor.pk
    assert answer["token"]


@pytest.mark.any_engine
def test_a_form_sent_after_signing_out_is_given_back() -> None:
    article = make_article()
    response = Client().post(change_url(article), form_of(article, body="쓰던 <본문>"))
    assert response.status_code == 403
    assert "쓰던 &lt;본문&gt;" in response.text
