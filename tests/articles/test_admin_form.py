"""Editing one article at the desk: what is kept, what is refused, and in which words."""

import unicodedata
from typing import Any

import pytest
from django.db.models.signals import pre_save
from django.test import Client

from articles.models import Article, Redirect, Status
from tests.articles.desk import (
    ADD,
    byline,
    change_url,
    form_of,
    make_editor,
    make_staff,
    messages_of,
    signed_in,
    when,
)
from tests.builders import PUBLISHED_AT, make_article, make_author, make_draft, make_series

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]


@pytest.fixture
def desk() -> Client:
    return signed_in(make_editor())


def save(desk: Client, article: Article, **changes: Any) -> Any:
    """Send the form with these changes, and return the page that follows."""
    return desk.post(change_url(article), form_of(article, **changes), follow=True)


def errors_of(response: Any) -> dict[str, list[str]]:
    return dict(response.context["adminform"].form.errors)


def test_a_new_article_is_a_draft_with_a_slug_from_its_title(desk: Client) -> None:
    desk.post(ADD, form_of(title="붓을 건네는 시간", body="첫 줄"))
    article = Article.objects.get()
    assert (article.slug, article.status) == ("붓을-건네는-시간", Status.DRAFT)
    assert "<p>첫 줄</p>" in article.body_html


def test_the_slug_stays_when_the_title_changes(desk: Client) -> None:
    article = make_draft("붓을 건네는 시간")
    save(desk, article, title="먹을 가는 시간")
    article.refresh_from_db()
    assert (article.title, article.slug) == ("먹을 가는 시간", "붓을-건네는-시간")


def test_a_changed_slug_redirects_and_says_so(desk: Client) -> None:
    article = make_draft("붓을 건네는 시간")
    told = messages_of(save(desk, article, slug="붓"))
    assert any("옛 주소" in message and "붓을-건네는-시간" in message for message in told)
    assert Redirect.objects.get().old_path == "/articles/붓을-건네는-시간/"


def test_a_slug_that_is_taken_is_refused(desk: Client) -> None:
    make_article("첫째")
    response = save(desk, make_article("둘째"), slug=unicodedata.normalize("NFD", "첫째"))
    assert "slug" in errors_of(response)


def test_the_status_cannot_be_posted(desk: Client) -> None:
    article = make_draft()
    save(desk, article, status="published")
    article.refresh_from_db()
    assert article.status == Status.DRAFT


def test_a_body_that_cannot_be_rendered_is_refused_with_its_text_kept(desk: Client) -> None:
    article = make_draft()
    monstrous = "가" * 200_000
    response = save(desk, article, body=monstrous)
    assert "body" in errors_of(response)
    assert monstrous in response.content.decode()
    article.refresh_from_db()
    assert article.body != monstrous


def test_the_times_of_publication_cannot_be_posted(desk: Client) -> None:
    article = make_draft()
    save(desk, article, **when("published_at", PUBLISHED_AT), **when("expires_at", PUBLISHED_AT))
    article.refresh_from_db()
    assert (article.published_at, article.expires_at) == (None, None)


def test_a_published_article_keeps_a_body(desk: Client) -> None:
    assert set(errors_of(save(desk, make_article(), body="  "))) == {"body"}


def test_a_series_needs_an_episode(desk: Client) -> None:
    response = save(desk, make_draft(), series=make_series().pk)
    assert errors_of(response)["__all__"] == ["연재에 넣은 글에는 회차를 적어 주세요."]


def test_the_same_episode_twice_is_refused(desk: Client) -> None:
    series = make_series()
    make_article("1화", series=series, episode=1)
    response = save(desk, make_draft(), series=series.pk, episode=1)
    assert "__all__" in errors_of(response)


def test_readers_see_nothing_of_what_is_saved_in_a_published_article(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_article(tags=["기술"], authors=[alice], slug="붓")
    save(desk, article, title="새 제목", body="고친 본문", tags="자본", slug="먹", **byline([bob]))
    article.refresh_from_db()
    assert (article.title, article.slug) == ("붓을 건네는 시간", "붓")
    assert "고친 본문" not in article.body_html
    assert (list(article.authors.all()), list(article.tags.names())) == ([alice], ["기술"])
    assert not Redirect.objects.exists()


def test_the_message_says_that_readers_do_not_see_it_yet(desk: Client) -> None:
    told = messages_of(save(desk, make_article(), body="고친 본문"))
    assert any("아직 그대로" in message for message in told)
    assert not any("아직 그대로" in m for m in messages_of(save(desk, make_draft(), body="글")))


def test_whoever_comes_back_goes_on_with_what_was_saved(desk: Client) -> None:
    bob = make_author("밥")
    article = make_article(authors=[make_author("앨리스")])
    save(desk, article, body="고친 본문", tags="자본", **byline([bob]))
    page = desk.get(change_url(article))
    form = page.context["adminform"].form
    [inline, _] = page.context["inline_admin_formsets"]
    assert (form["body"].value(), form["tags"].value()) == ("고친 본문", "자본")
    assert [row.initial["author"] for row in inline.formset.forms] == [bob.pk]


def test_whether_readers_may_comment_does_not_wait_for_publication(desk: Client) -> None:
    article = make_article()
    save(desk, article, comment_policy="read_only", body="고친 본문")
    article.refresh_from_db()
    assert (article.comment_policy, article.body) == (
        "read_only",
        "종이를 사이에 두고 마주 앉는다.",
    )


@pytest.mark.promise("F9")
@pytest.mark.parametrize("base", ["", "0" * 64])
def test_a_save_that_began_with_another_version_is_refused(desk: Client, base: str) -> None:
    article = make_draft(body="처음 글")
    response = save(desk, article, body="나중 글", base=base)
    assert response.status_code == 409
    assert "나중 글" in response.text
    article.refresh_from_db()
    assert article.body == "처음 글"


def test_a_refused_save_goes_through_on_top_of_the_new_version(desk: Client) -> None:
    article = make_draft(body="처음 글")
    again = save(desk, article, body="나중 글", base="").context["base"]
    assert save(desk, article, body="나중 글", base=again).status_code == 200
    article.refresh_from_db()
    assert article.body == "나중 글"


@pytest.mark.parametrize("pk", ["5", "abc", "9" * 40])
def test_whatever_number_the_byline_names_means_nothing(desk: Client, pk: str) -> None:
    alice, article = make_author("앨리스"), make_draft()
    rows = byline([alice]) | {"byline-INITIAL_FORMS": 1, "byline-0-id": pk}
    assert save(desk, article, **rows).status_code == 200
    assert list(article.authors.all()) == [alice]


def test_saving_without_a_change_is_no_revision(desk: Client) -> None:
    article = make_article(body="첫 줄\n\n둘째 줄", updated_at=PUBLISHED_AT, tags=["기술"])
    save(desk, article, body="첫 줄\r\n\r\n둘째 줄")
    article.refresh_from_db()
    assert (article.body, article.updated_at) == ("첫 줄\n\n둘째 줄", PUBLISHED_AT)


def test_leading_spaces_of_a_code_block_survive(desk: Client) -> None:
    article = make_draft()
    save(desk, article, body="    print()")
    article.refresh_from_db()
    assert "<pre " in article.body_html


def test_tags_are_parted_by_commas_and_one_spelling_is_one_tag(desk: Client) -> None:
    article = make_draft()
    nfd = unicodedata.normalize("NFD", "기술")
    save(desk, article, tags=f"기술, {nfd}, 인공 지능,OpenAI, openai ,")
    assert set(article.tags.names()) == {"기술", "인공 지능", "OpenAI"}


def test_a_hostile_tag_is_only_text_among_the_frequent_ones(desk: Client) -> None:
    make_article(tags=["<img src=x>"])
    page = desk.get(ADD).text
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page


def test_a_tag_that_is_too_long_is_refused(desk: Client) -> None:
    assert "tags" in errors_of(save(desk, make_draft(), tags="가" * 101))


def test_the_byline_keeps_its_order(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft()
    rows = byline([alice, bob]) | {"byline-0-position": 2, "byline-1-position": 1}
    save(desk, article, **rows)
    assert list(article.authors.order_by("articleauthor")) == [bob, alice]


def test_an_author_without_a_number_comes_last(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft()
    save(desk, article, **(byline([bob, alice]) | {"byline-0-position": ""}))
    assert list(article.authors.order_by("articleauthor")) == [alice, bob]


def test_two_authors_can_change_places(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft(authors=[alice, bob])
    swapped = {"byline-0-author": bob.pk, "byline-1-author": alice.pk}
    assert save(desk, article, **swapped).status_code == 200
    assert list(article.authors.order_by("articleauthor")) == [bob, alice]


def test_the_same_author_twice_is_refused(desk: Client) -> None:
    alice, article = make_author("앨리스"), make_draft()
    response = save(desk, article, **byline([alice, alice]))
    assert response.context["errors"]
    assert not article.authors.exists()


def test_an_author_can_be_taken_out(desk: Client) -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft(authors=[alice, bob])
    save(desk, article, **{"byline-0-DELETE": "on"})
    assert list(article.authors.all()) == [bob]


def test_what_is_wrong_is_named_above_the_form_with_a_link_to_it(desk: Client) -> None:
    article = make_draft()
    html = save(desk, article, title="", episode="삼").content.decode()
    note = html[html.index('class="errornote') :]
    assert '<a class="underline" href="#id_title">제목</a>: 필수 항목입니다.' in note
    assert '<a class="underline" href="#id_episode">회차</a>' in note


def test_a_new_article_begins_with_its_writer_in_the_byline() -> None:
    editor = make_editor()
    own = make_author("편집자", user=editor)
    [inline, _] = signed_in(editor).get(ADD).context["inline_admin_formsets"]
    assert inline.formset.forms[0].initial == {"author": own.pk, "position": 0}


def test_the_prefilled_writer_is_saved() -> None:
    editor = make_editor()
    own = make_author("편집자", user=editor)
    signed_in(editor).post(ADD, form_of(title="새 글") | byline([own]))
    assert list(Article.objects.get().authors.all()) == [own]


def test_a_viewer_reads_the_form_and_cannot_save_it() -> None:
    article = make_draft("아직 쓰는 글")
    bob = signed_in(make_staff("view_article", "change_any_article"))
    assert bob.get(change_url(article)).status_code == 200
    assert bob.post(change_url(article), form_of(article, title="바뀐 글")).status_code == 403
    article.refresh_from_db()
    assert article.title == "아직 쓰는 글"


def test_an_editor_needs_no_permission_of_their_own_for_the_byline() -> None:
    alice, article = make_author("앨리스"), make_draft()
    bob = signed_in(make_staff("view_article", "change_article", "change_any_article"))
    save(bob, article, **byline([alice]))
    assert list(article.authors.all()) == [alice]


def test_a_lost_race_ends_in_an_answer_and_not_in_an_error(desk: Client) -> None:
    races = iter(["one"])

    def overtake(instance: Article, **kwargs: Any) -> None:
        if instance.title == "쓰던 글" and next(races, None):
            Article.objects.bulk_create([Article(title="남의 글", slug="쓰던-글")])

    pre_save.connect(overtake, sender=Article)
    try:
        assert desk.post(ADD, form_of(title="쓰던 글")).status_code == 302
    finally:
        pre_save.disconnect(overtake, sender=Article)
    assert next(races, None) is None


@pytest.mark.parametrize("nonsense", ["x", "²", "9" * 30, "a\x00b"])
@pytest.mark.parametrize("field", ["series", "lead_image", "byline-0-author"])
def test_a_choice_that_is_no_number_is_refused_in_the_form(field, nonsense):
    form = form_of(make_draft(), **byline([make_author()])) | {field: nonsense}
    assert signed_in(make_editor()).post(change_url(Article.objects.get()), form).status_code == 422
