"""Making one tag of several, and keeping the addresses of those that are gone."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.db import transaction

from articles import editing
from articles.content import Content
from articles.models import Article, Redirect, SearchDocument, StaleText, Tag, TaggedArticle
from articles.page_changes import ADDRESSES, ARTICLES, note_change


def merge_tags(kept: Tag, others: Sequence[Tag], user_id: int) -> int:
    """Move the articles of the other tags to the kept one, and their addresses too.

    Returns how many articles have gained the kept tag. All of it happens, or nothing: raises
    Tag.DoesNotExist when somebody else has done away with one of them.
    """
    keys = [tag.pk for tag in others]
    with transaction.atomic():
        # In one order, so that two merges at once wait for one another.
        locked = Tag.objects.select_for_update().filter(pk__in=[kept.pk, *keys]).order_by("pk")
        if len(locked.values_list("pk", flat=True)) <= len(keys):
            raise Tag.DoesNotExist("One of the tags is gone.")
        moved = _move_articles(kept, keys)
        for tag in others:
            redirect_tag(tag.slug, kept)
        _log(kept, others, user_id)
        Tag.objects.filter(pk__in=keys).delete()
        note_change(ARTICLES, ADDRESSES)
        rename_in_waiting([tag.name for tag in others], kept.name)
    return moved


def rename_in_waiting(old_names: Sequence[str], name: str) -> None:
    """Let what waits for publication carry a tag under the name that it has now."""

    def renamed(article: Article, content: Content) -> Content:
        tags = set(content.get("tags", ()))
        if tags.isdisjoint(old_names):
            return content
        return content | {"tags": sorted(tags.difference(old_names) | {name})}

    editing.carry_over(renamed, "태그를 고침")


def redirect_tag(old_slug: str, tag: Tag) -> None:
    """Send readers of a tag's old address, and of its feed, to where the tag is now.

    What led to the old address leads on at once, and the new one leads nowhere but to itself.
    """
    for old, new in zip(_paths(old_slug), _paths(tag.slug), strict=True):
        Redirect.objects.filter(old_path=new).delete()
        Redirect.objects.filter(target=old).update(target=new)
        Redirect.objects.update_or_create(old_path=old, defaults={"article": None, "target": new})


def _paths(slug: str) -> tuple[str, str]:
    return f"/tags/{slug}/", f"/tags/{slug}/feed/"


def _move_articles(kept: Tag, others: Sequence[int]) -> int:
    rows = TaggedArticle.objects.filter(tag__in=others)
    StaleText.objects.mark_all(SearchDocument.objects.filter(article__tagged_items__in=rows))
    carried = TaggedArticle.objects.filter(tag=kept).values_list("content_object", flat=True)
    gaining = set(rows.values_list("content_object", flat=True)) - set(carried)
    rows.delete()
    TaggedArticle.objects.bulk_create(
        (TaggedArticle(tag=kept, content_object_id=pk) for pk in sorted(gaining)),
        # An editor may be giving the kept tag to one of them right now.
        ignore_conflicts=True,
    )
    return len(gaining)


def _log(kept: Tag, others: Sequence[Tag], user_id: int) -> None:
    LogEntry.objects.log_actions(
        user_id, others, DELETION, f"{kept.name} 태그에 합쳤습니다.", single_object=False
    )
    names = ", ".join(tag.name for tag in others)
    LogEntry.objects.log_actions(
        user_id, [kept], CHANGE, f"태그를 합쳤습니다: {names}", single_object=True
    )
