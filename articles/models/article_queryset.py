"""Which articles, and how much of each: what readers may see is said here, once."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models, transaction
from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Greatest, Left
from django.utils import timezone

from accounts.models import User
from articles.models.author import Author
from articles.models.byline import ArticleAuthor
from articles.models.rendered_text import RENDERED_FIELDS
from articles.models.status import Status, Withdrawal
from articles.models.tag import Tag
from articles.page_changes import ARTICLES, note_change
from articles.rendering import RENDERER_VERSION

if TYPE_CHECKING:
    from articles.models.article import Article  # noqa: F401 - named in a string below

# The columns a list never shows: an archive page must not load a hundred essays.
HEAVY_FIELDS = ("body", "body_html", "toc", "plain_text")
# What can be updated without a word to the stores of pages: whoever counts says so.
_UNSEEN_FIELDS = frozenset({"comment_count", "renderer_version", "import_digest"})
# Characters of the text that a list shows of an article without 부제 and summary.
OPENING_LENGTH = 150


class ArticleQuerySet(models.QuerySet["Article"]):
    def published(self, at: datetime | None = None) -> Self:
        """Keep what readers may see at `at` (default now). Nothing else says this rule."""
        at = at or timezone.now()
        return self.filter(
            Q(expires_at__isnull=True) | Q(expires_at__gt=at),
            status=Status.PUBLISHED,
            published_at__lte=at,
        )

    def tagged(self, tag: Tag | int) -> Self:
        return self.filter(tagged_items__tag=tag)

    def by(self, author: Author | int) -> Self:
        return self.filter(byline__author=author)

    def gone(self) -> Self:
        """Keep what was withdrawn with a word to readers instead of simply being missing."""
        return self.filter(status=Status.WITHDRAWN, withdrawn_as=Withdrawal.GONE)

    def at_desk_of(self, user: User | AnonymousUser) -> Self:
        """Keep what this colleague sees at the desk: everything, or only their own.

        Their own is what they have begun, and what names them in its byline.
        """
        if user.has_perm("articles.change_any_article"):
            return self
        named = ArticleAuthor.objects.filter(article=OuterRef("pk"), author__user=user.pk)
        return self.filter(Q(owner=user.pk) | Exists(named))

    def known_to(self, user: User | AnonymousUser) -> Self:
        """Keep what may be named to this colleague: what readers see, and what is at their desk."""
        if user.has_perm("articles.change_any_article"):
            return self
        all_articles = self.model._default_manager.all()
        known = (all_articles.published(), all_articles.at_desk_of(user))
        return self.filter(Q(pk__in=known[0].values("pk")) | Q(pk__in=known[1].values("pk")))

    def newest_first(self) -> Self:
        return self.order_by("-published_at", "-pk")

    def with_newest_change(self) -> Self:
        """Add `newest_change`: when readers last got something new, as `Article.changed_at`."""
        return self.annotate(newest_change=Greatest("updated_at", "published_at"))

    def with_opening(self, length: int) -> Self:
        """Add `opening`: so many letters of the text, or "" where a dek or summary stands for it.

        The database then reads no text, which it keeps apart from the row, for nothing.
        """
        opening = When(dek="", summary_1="", then=Left("plain_text", length))
        return self.annotate(opening=Case(opening, default=Value("")))

    def without_text(self) -> Self:
        return self.defer(*HEAVY_FIELDS)

    def for_list(self) -> Self:
        """Load what the desk and letters show of an article, in a constant number of queries and without bodies."""
        return (
            self.without_text()
            .with_opening(OPENING_LENGTH)
            .select_related("category", "lead_image", "series")
            .prefetch_related(models.Prefetch("authors", Author.objects.order_by("articleauthor")))
        )

    def for_page(self) -> Self:
        """Load what the article's own page shows."""
        return (
            self.defer("body", "plain_text", "import_fingerprints", "import_digest")
            .select_related("category", "lead_image", "series__cover")
            .prefetch_related(
                models.Prefetch(
                    "authors",
                    Author.objects.select_related("portrait").order_by("articleauthor"),
                ),
                "tags",
            )
        )

    def stale(self) -> Self:
        """Keep what an older renderer wrote, or nobody yet."""
        return self.exclude(renderer_version=RENDERER_VERSION)

    @transaction.atomic
    def rerender(self, key: int) -> None:
        """Render one article anew, leaving every other column as it is.

        Raises RenderingError; the old rendering stays then.
        """
        article = self.select_for_update().get(pk=key)
        article.render_body()
        article.save(update_fields=RENDERED_FIELDS)

    def update(self, **kwargs: Any) -> int:
        """Update in the database, and note what readers see of it.

        A body written past `save()` is marked as not rendered.
        """
        if "body" in kwargs and "renderer_version" not in kwargs:
            kwargs["renderer_version"] = 0
        if not kwargs.keys() <= _UNSEEN_FIELDS:
            note_change(ARTICLES)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        """Create rows without their signals, and note what readers see of them."""
        note_change(ARTICLES)
        return super().bulk_create(objs, *args, **kwargs)

    bulk_create.alters_data = True  # type: ignore[attr-defined]
