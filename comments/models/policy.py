"""The choices that hold for one discussion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet, Subquery

from articles.compiled import CompiledQuery
from articles.models import Article
from comments.models.comment import Comment
from comments.models.configuration import CommentSettings

_OF_THE_ARTICLE = ("mode", "default_sort", "close_after_days")
_OF_THE_SITE = (*_OF_THE_ARTICLE, "writing_enabled", "report_threshold")


def _choices_for(pk: int) -> QuerySet[Any, dict[str, Any]]:
    """Return what is stored of the choices for the article, the site's own with their names."""
    recommended = Comment.objects.filter(article=OuterRef("pk"), recommended_at__isnull=False)
    return Article.objects.filter(pk=pk).values(
        *(f"discussion_settings__{name}" for name in _OF_THE_ARTICLE),
        has_recommended=Exists(recommended),
        **{f"site_{name}": Subquery(CommentSettings.objects.values(name)) for name in _OF_THE_SITE},
    )


_stored = CompiledQuery(_choices_for)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the article says, else the site, else the environment; and whether there are pins."""

    writing_enabled: bool
    mode: str
    sort: str
    close_after_days: int
    report_threshold: int
    has_recommended: bool

    @classmethod
    def of(cls, article: Article) -> Policy:
        """Ask the database, with one query."""
        stored: dict[str, Any] = _stored.first(article.pk) or {}
        own = {name: stored.get(f"discussion_settings__{name}") for name in _OF_THE_ARTICLE}
        # Without a row of its own the site has chosen the defaults.
        unset = CommentSettings()
        site: dict[str, Any] = {name: getattr(unset, name) for name in _OF_THE_SITE}
        site |= {
            name: stored[f"site_{name}"]
            for name in _OF_THE_SITE
            if stored.get(f"site_{name}") is not None
        }
        days = (own["close_after_days"], site["close_after_days"])
        return cls(
            writing_enabled=site["writing_enabled"],
            mode=own["mode"] or site["mode"] or settings.COMMENT_MODERATION,
            sort=own["default_sort"] or site["default_sort"],
            close_after_days=next(
                (count for count in days if count is not None), settings.COMMENT_CLOSE_AFTER_DAYS
            ),
            report_threshold=site["report_threshold"],
            has_recommended=bool(stored.get("has_recommended")),
        )
