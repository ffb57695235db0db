"""The choices that hold for one discussion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from articles.models import Article
from articles.queries.compiled import CompiledQuery
from comments.models.comment import Comment
from comments.models.configuration import CommentSettings

_OF_THE_ARTICLE = ("mode", "default_sort", "close_after_days")
_OF_THE_SITE = (*_OF_THE_ARTICLE, "writing_enabled", "report_threshold")


# Beside an article's own columns these are its annotations.
_CHOICE = "choice_"


def with_choices(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Load with each article what is stored of the choices for it, and of the site's own."""
    recommended = Comment.objects.filter(article=OuterRef("pk"), recommended_at__isnull=False)
    own = {f"{_CHOICE}own_{name}": F(f"discussion_settings__{name}") for name in _OF_THE_ARTICLE}
    site = {
        f"{_CHOICE}site_{name}": Subquery(CommentSettings.objects.values(name))
        for name in _OF_THE_SITE
    }
    return articles.annotate(**own, **site, **{f"{_CHOICE}recommended": Exists(recommended)})


_DEFAULTS = {field.name: field for field in CommentSettings._meta.concrete_fields}
_stored = CompiledQuery(lambda pk: with_choices(Article.objects.filter(pk=pk)).only("pk"))


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
        """Ask the database, with one query unless the article was loaded `with_choices`."""
        is_loaded = f"{_CHOICE}recommended" in vars(article)
        found = article if is_loaded else _stored.first(article.pk)
        stored = vars(found) if found else {}
        own = {name: stored.get(f"{_CHOICE}own_{name}") for name in _OF_THE_ARTICLE}
        # Without a row of its own the site has chosen the defaults.
        site: dict[str, Any] = {
            name: _or_default(stored.get(f"{_CHOICE}site_{name}"), name) for name in _OF_THE_SITE
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
            has_recommended=bool(stored.get(f"{_CHOICE}recommended")),
        )


def _or_default(value: Any, name: str) -> Any:
    return _DEFAULTS[name].get_default() if value is None else value
