"""The history: every version named, any two compared as Korean, one restored as a new one."""

from typing import Any

import pytest
from django.test import Client

from articles import editing
from articles.editing import Actor
from articles.models import Article, Deed, DeskEvent, RevisionKind
from tests.articles.desk import make_editor, make_staff, messages_of, signed_in
from tests.builders import make_article, make_author, make_category, make_draft, make_series

pytestmark = pytest.mark.django_db

ALICE = Actor("앨리스")


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def save(article: Article, **parts: Any) -> None:
    article.refresh_from_db()
    editing.save(article, editing.head_of(article).content | parts, ALICE)


def history(article: Article) -> str:
    return f"/admin/articles/article/{article.pk}/history/"


def compare(desk: Client, article: Article, before: object, after: object) -> Any:
    url = f"/admin/articles/article/{article.pk}/compare/"
    return desk.get(url, {"from": before, "to": after})


def restore(desk: Client, article: Article, number: int, *, base: str | None = None) -> Any:
    digest = editing.head_of(Article.objects.get(pk=article.pk)).digest if base is None else base
    url = f"{history(article)}{number}/restore/"
    response = desk.post(url, {"base": digest}, follow=True)
    article.refresh_from_db()
    return response


def test_every_version_says_who_when_and_what(desk: Client) -> None:
    draft = make_draft()
    save(draft, dek="새 부제", body="새 본문")
    [newest, _] = desk.get(history(draft)).context["rows"]
    assert (newest["version"].author_name, newest["parts"]) == ("앨리스", ["부제", "본문"])


def test_an_untouched_article_has_no_history_yet(desk: Client) -> None:
    assert "아직 편집실에서 고친 적이 없는 글" in desk.get(history(make_draft())).text


@pytest.mark.any_engine
def test_a_changed_particle_is_all_that_is_marked(desk: Client) -> None:
    draft = make_draft(body="오늘 학교에 갔다.")
    save(draft, body="오늘 학교를 갔다.")
    page = compare(desk, draft, 1, 2).text
    assert "학교<del>에</del><ins>를</ins>" in page


@pytest.mark.any_engine
def test_names_are_compared_and_not_numbers(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    draft = make_draft(authors=[alice], category=make_category("기술"), tags=["역사"])
    save(draft, authors=[alice.pk, bob.pk], category=make_category("자본").pk, tags=["역사", "책"])
    shown = {d.label: d.pieces for d in compare(desk, draft, 1, 2).context["differences"]}
    assert set(shown) == {"필자", "카테고리", "태그"}
    assert [p.text for p in shown["카테고리"] if p.kind == "added"] == ["자본"]


def test_what_readers_see_is_compared_with_what_waits(desk: Client) -> None:
    article = make_article(body="보이는 글")
    save(article, body="고친 글")
    page = compare(desk, article, "live", "head")
    assert page.context["before"].label == "독자가 보는 글"
    assert "<del>보이는</del>" in page.text


@pytest.mark.any_engine
def test_a_text_is_shown_as_it_was_written(desk: Client) -> None:
    draft = make_draft(body="하나")
    save(draft, body="<script>하나</script>")
    assert "&lt;script&gt;" in compare(desk, draft, 1, 2).text


@pytest.mark.parametrize("number", ["9", "0", "x", "-1", "9" * 30])
def test_a_version_that_is_not_there_is_404(desk: Client, number: str) -> None:
    assert compare(desk, make_draft(), number, "head").status_code == 404


def test_restoring_makes_a_new_version(desk: Client) -> None:
    alice = make_author("앨리스")
    draft = make_draft(body="하나", authors=[alice], tags=["역사"])
    save(draft, body="둘", authors=[], tags=[])
    restore(desk, draft, 1)
    assert (draft.body, list(draft.authors.all())) == ("하나", [alice])
    assert list(draft.tags.names()) == ["역사"]
    newest = draft.revisions.newest_first()[0]
    assert (newest.number, newest.kind, newest.note) == (3, RevisionKind.RESTORED, "1판을 되살림")
    assert DeskEvent.objects.filter(deed=Deed.RESTORE).count() == 1


def test_restoring_a_published_article_waits_for_publication(desk: Client) -> None:
    article = make_article(body="보이는 글")
    save(article, body="고친 글")
    save(article, body="또 고친 글")
    restore(desk, article, 2)
    assert article.body == "보이는 글"
    assert editing.head_of(article).content["body"] == "고친 글"


def test_restoring_what_somebody_has_changed_meanwhile_is_refused(desk: Client) -> None:
    draft = make_draft(body="하나")
    save(draft, body="둘")
    response = restore(desk, draft, 1, base="0" * 64)
    assert "그사이" in messages_of(response)[0]
    assert draft.body == "둘"


def test_an_address_and_a_place_that_are_taken_stay_as_they_are(desk: Client) -> None:
    series = make_series()
    draft = make_draft(slug="붓", body="하나", series=series, episode=1)
    save(draft, slug="먹", body="둘", episode=2)
    make_article(slug="붓대", series=series, episode=1)
    Article.objects.filter(slug="붓대").update(slug="붓")
    told = messages_of(restore(desk, draft, 1))
    assert (draft.slug, draft.body, draft.episode) == ("먹", "하나", 2)
    assert any("주소, 연재, 회차" in message for message in told)


@pytest.mark.promise("P5")
@pytest.mark.any_engine
@pytest.mark.parametrize("page", ["", "1/", "../compare/"])
def test_history_is_for_those_who_may_edit(page: str) -> None:
    draft = make_draft()
    save(draft, body="둘")
    viewer = signed_in(make_staff("view_article", "change_any_article"))
    url = f"/admin/articles/article/{draft.pk}/compare/" if "compare" in page else None
    assert viewer.get(url or history(draft) + page).status_code == 403


@pytest.mark.promise("P5")
@pytest.mark.any_engine
def test_a_writer_restores_nothing_of_somebody_else() -> None:
    draft = make_draft(body="하나")
    save(draft, body="둘")
    writer = signed_in(make_staff("view_article", "change_article"))
    assert restore(writer, draft, 1).status_code == 403
    assert draft.body == "둘"


def test_a_long_history_is_shown_in_pages(desk: Client) -> None:
    draft = make_draft()
    for number in range(52):
        editing.keep(draft, RevisionKind.SAVED, {"body": str(number)}, ALICE)
    first = desk.get(history(draft))
    assert (len(first.context["rows"]), first.context["older"]) == (50, 3)
    assert len(desk.get(history(draft), {"before": 3}).context["rows"]) == 2
