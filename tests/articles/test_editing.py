"""Saving, holding back and keeping versions: the story below the desk's form."""

import pytest

from articles import editing
from articles.content import content_of, digest_of, lay_over, write
from articles.editing import Actor
from articles.episode_order import order_mark, renumber
from articles.models import (
    AppendOnlyError,
    Article,
    Deed,
    DeskEvent,
    ImageUse,
    Redirect,
    RevisionKind,
)
from articles.tag_merging import rename_in_waiting
from tests.builders import (
    PUBLISHED_AT,
    make_article,
    make_author,
    make_category,
    make_draft,
    make_image,
    make_series,
    make_user,
)

pytestmark = pytest.mark.django_db

ALICE = Actor("앨리스")


def changed(article: Article, **parts: object) -> dict[str, object]:
    return editing.head_of(article).content | parts


def test_a_draft_is_stored_at_once() -> None:
    draft = make_draft(updated_at=PUBLISHED_AT)
    editing.save(draft, changed(draft, body="새 본문", tags=["자본"]), ALICE)
    draft.refresh_from_db()
    assert (draft.body, list(draft.tags.names())) == ("새 본문", ["자본"])
    assert draft.updated_at > PUBLISHED_AT


def test_the_first_save_keeps_what_was_there_before() -> None:
    draft = make_draft(body="처음")
    editing.save(draft, changed(draft, body="다음"), ALICE)
    kept = draft.revisions.order_by("number")
    assert [(r.number, r.kind, r.content["body"]) for r in kept] == [
        (1, RevisionKind.BASELINE, "처음"),
        (2, RevisionKind.SAVED, "다음"),
    ]


def test_saving_what_is_there_already_is_no_version() -> None:
    draft = make_draft()
    assert editing.save(draft, changed(draft), ALICE) is None
    assert not draft.revisions.exists()


def test_what_changed_past_the_desk_is_kept_before_it_is_written_over() -> None:
    draft = make_draft(body="하나")
    editing.save(draft, changed(draft, body="둘"), ALICE)
    Article.objects.filter(pk=draft.pk).update(body="밖에서")
    draft.refresh_from_db()
    editing.save(draft, changed(draft, body="셋"), ALICE)
    bodies = draft.revisions.order_by("number").values_list("content__body", flat=True)
    assert list(bodies) == ["하나", "둘", "밖에서", "셋"]


def test_a_published_article_waits_with_its_new_version() -> None:
    article = make_article(body="보이는 글")
    editing.save(article, changed(article, body="고친 글"), ALICE)
    editing.save(article, changed(article, dek="새 부제"), ALICE)
    article.refresh_from_db()
    assert (article.body, article.dek) == ("보이는 글", "")
    assert editing.head_of(article).content["body"] == "고친 글"
    assert editing.head_of(article).content["dek"] == "새 부제"


def test_a_save_that_began_with_another_head_is_refused() -> None:
    draft = make_draft()
    began_with = editing.head_of(draft).digest
    editing.save(draft, changed(draft, body="하나"), ALICE, base=began_with)
    with pytest.raises(editing.StaleError):
        editing.save(draft, changed(draft, body="둘"), ALICE, base=began_with)


def test_a_waiting_version_can_be_let_go() -> None:
    article = make_article()
    editing.save(article, changed(article, body="고친 글"), ALICE)
    assert editing.drop_pending(article, ALICE)
    article.refresh_from_db()
    assert not editing.head_of(article).is_pending
    assert article.revisions.filter(content__body="고친 글").exists()
    assert not editing.drop_pending(article, ALICE)


def test_pictures_of_a_waiting_version_are_protected() -> None:
    image = make_image()
    article = make_article()
    editing.save(article, changed(article, body=f"![종이]({image.url})"), ALICE)
    assert ImageUse.objects.filter(article=article, image=image).exists()
    Article.objects.rerender(article.pk)
    assert ImageUse.objects.filter(article=article, image=image).exists()
    article.refresh_from_db()
    editing.drop_pending(article, ALICE)
    assert not ImageUse.objects.exists()


def test_every_step_is_logged_with_who_did_it() -> None:
    user = make_user(display_name="앨리스")
    draft = make_draft("붓")
    editing.save(draft, changed(draft, body="새 본문"), Actor.of(user))
    event = DeskEvent.objects.get()
    assert (event.deed, event.article_title, event.actor_ref) == (Deed.SAVE, "붓", user.pk)
    assert event.detail["parts"] == ["body"]


def test_the_log_is_only_added_to() -> None:
    draft = make_draft()
    editing.log(draft, Deed.CREATE, ALICE)
    event = DeskEvent.objects.get()
    for change in (event.save, event.delete, DeskEvent.objects.all().delete):
        with pytest.raises(AppendOnlyError):
            change()
    with pytest.raises(AppendOnlyError):
        DeskEvent.objects.update(note="다른 말")


def test_content_comes_back_as_it_was() -> None:
    alice, bob = make_author("앨리스"), make_author("밥")
    article = make_draft(
        body="하나", category=make_category(), authors=[bob, alice], tags=["나", "가"]
    )
    before = content_of(article)
    write(article, before | {"body": "둘", "authors": [alice.pk], "tags": [], "category": None})
    assert write(article, before) == []
    article.refresh_from_db()
    assert digest_of(content_of(article)) == digest_of(before)


def test_what_is_gone_is_left_out_and_named() -> None:
    article = make_draft(category=make_category(), authors=[make_author()])
    content = content_of(article) | {"category": 999, "authors": [999], "lead_image": 999}
    assert write(article, content) == ["category", "lead_image", "authors"]
    assert not article.authors.exists()


def test_without_its_series_an_article_has_no_episode() -> None:
    article = make_draft()
    assert lay_over(article, content_of(article) | {"series": 999, "episode": 3}) == ["series"]
    assert article.episode is None


def test_an_episode_without_a_series_keeps_its_number() -> None:
    article = make_draft(episode=7)
    write(article, content_of(article) | {"body": "새 본문"})
    article.refresh_from_db()
    assert article.episode == 7


def test_a_slug_that_changes_by_a_content_leaves_its_redirect() -> None:
    article = make_draft(slug="붓")
    write(article, content_of(article) | {"slug": "먹"})
    assert Redirect.objects.get().old_path == "/articles/붓/"


def test_a_tag_renamed_elsewhere_is_renamed_in_what_waits() -> None:
    article = make_article(tags=["역사"])
    editing.save(article, changed(article, body="고친 글"), ALICE)
    rename_in_waiting(["역사"], "한국사")
    article.refresh_from_db()
    assert editing.head_of(article).content["tags"] == ["한국사"]
    assert article.revisions.count() == 3


def test_an_episode_renumbered_elsewhere_is_renumbered_in_what_waits() -> None:
    series = make_series()
    article = make_article(series=series, episode=1)
    editing.save(article, changed(article, body="고친 글"), ALICE)
    renumber(series, {article.pk: 5}, order_mark({article.pk: 1}), compact=False)
    article.refresh_from_db()
    assert (article.episode, editing.head_of(article).content["episode"]) == (5, 5)
