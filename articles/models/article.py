"""The article: what the desk writes and readers get, with its state, address and byline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.languages import LANGUAGES
from articles.models.article_queryset import ArticleQuerySet
from articles.models.author import Author
from articles.models.byline import ArticleAuthor
from articles.models.category import Category
from articles.models.fields import NormalisedCharField, WebAddressField
from articles.models.image import Image
from articles.models.image_use import ImageUse
from articles.models.lead_picture import WithLeadPicture
from articles.models.redirect import Redirect
from articles.models.rendered_text import RenderedText
from articles.models.revision import Head
from articles.models.search import StaleText
from articles.models.series import Series
from articles.models.sitemap_part import part_of
from articles.models.slugged import SluggedModel, never_empty
from articles.models.status import CommentPolicy, Status, Withdrawal
from articles.models.tag import Tag, TaggedArticle
from articles.models.translated_text import TranslatedText
from articles.rendering import image_references

# `/articles/feed/` is the feed of all articles.
RESERVED_SLUGS = frozenset({"feed"})
# What an article is found by, beside its byline and tags.
SEARCHED_FIELDS = frozenset(
    {"title", "dek", "summary_1", "summary_2", "summary_3", "plain_text", "category", "series"}
)


class Article(RenderedText, TranslatedText, WithLeadPicture, SluggedModel):  # type: ignore[django-manager-missing]
    slug_source = "title"

    title = NormalisedCharField("제목", max_length=200)
    dek = NormalisedCharField("부제", max_length=300, blank=True)
    summary_1 = NormalisedCharField("요약 첫째 줄", max_length=200, blank=True)
    summary_2 = NormalisedCharField("요약 둘째 줄", max_length=200, blank=True)
    summary_3 = NormalisedCharField("요약 셋째 줄", max_length=200, blank=True)

    authors = models.ManyToManyField(
        Author, through="ArticleAuthor", verbose_name="필자", related_name="articles"
    )
    category = models.ForeignKey(
        Category,
        models.PROTECT,
        verbose_name="카테고리",
        null=True,
        blank=True,
        related_name="articles",
    )
    tags = TaggableManager(
        "태그",
        through=TaggedArticle,
        ordering=["name"],
        blank=True,
        help_text="쉼표로 나눕니다.",
    )
    series = models.ForeignKey(
        Series,
        models.PROTECT,
        verbose_name="연재",
        null=True,
        blank=True,
        related_name="articles",
    )
    episode = models.PositiveIntegerField("회차", null=True, blank=True)

    # Whose draft it is at the desk; the byline says who is named as its author.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name="쓴 계정",
        null=True,
        blank=True,
        editable=False,
        related_name="owned_articles",
    )
    status = models.CharField("상태", max_length=10, choices=Status, default=Status.DRAFT)
    published_at = models.DateTimeField(
        "게재 시각",
        null=True,
        blank=True,
        help_text="앞으로의 시각을 적으면 그때 자동으로 공개됩니다.",
    )
    expires_at = models.DateTimeField(
        "게재 종료", null=True, blank=True, help_text="적으면 그때부터 독자에게 보이지 않습니다."
    )
    # What waits to take the place of what readers see; None when nothing does.
    pending = models.ForeignKey(
        "articles.Revision",
        models.SET_NULL,
        verbose_name="발행을 기다리는 판",
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )
    withdrawn_as = models.CharField(
        "내린 글의 주소",
        max_length=10,
        choices=Withdrawal,
        default=Withdrawal.MISSING,
        editable=False,
    )
    withdrawal_notice = NormalisedCharField(
        "독자에게 알리는 말", max_length=500, blank=True, editable=False
    )
    created_at = models.DateTimeField("만든 때", default=timezone.now, editable=False)
    updated_at = models.DateTimeField("고친 때", default=timezone.now, editable=False)

    comment_policy = models.CharField(
        "댓글", max_length=10, choices=CommentPolicy, default=CommentPolicy.OPEN
    )
    comment_count = models.PositiveIntegerField("댓글 수", default=0, editable=False)

    canonical_url = WebAddressField(
        "원문 주소", max_length=500, blank=True, help_text="다른 곳에 먼저 실렸다면 그 주소입니다."
    )
    import_ref = models.CharField(
        "가져온 곳", max_length=500, unique=True, null=True, blank=True, editable=False
    )
    import_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    # Field name to two digests: of what the importer last read, and of what it wrote. A field
    # whose value has another digest than was written was changed by an editor, and is theirs.
    import_fingerprints = models.JSONField(default=dict, editable=False)

    objects = ArticleQuerySet.as_manager()

    # On an article that a form was opened for (`articles.admin.opening`): the version that it
    # begins with, and what its writer had left unsaved, which goes before it.
    head: Head | None = None
    laid_in: Mapping[str, str] = MappingProxyType({})

    # The address that the database holds, if it was loaded.
    _stored_slug: str | None = None

    class Meta:
        verbose_name = "글"
        verbose_name_plural = "글"
        ordering = ("-published_at", "-pk")
        permissions = (
            ("publish_article", "글을 발행하고 내릴 수 있음"),
            ("change_any_article", "남의 글도 보고 고칠 수 있음"),
        )
        indexes = [
            models.Index(fields=("-published_at", "-id"), name="articles_newest"),
            models.Index(
                fields=("category", "-published_at", "-id"), name="articles_newest_in_category"
            ),
            # When the next article ends is asked for all public pages.
            models.Index(
                fields=("expires_at",),
                condition=Q(expires_at__isnull=False),
                name="articles_ending",
            ),
            # Which series run, and how many episodes each has, without a look at any row.
            models.Index(
                fields=("status", "-published_at", "-id", "series", "expires_at"),
                name="articles_newest_episodes",
                condition=Q(series__isnull=False),
            ),
            models.Index(
                fields=("series", "status", "-published_at", "expires_at"),
                name="articles_newest_in_series",
                condition=Q(series__isnull=False),
            ),
            # Counts, sitemaps and announcements ask this of all articles, and need no row for it.
            models.Index(
                fields=("status", "published_at", "expires_at", "updated_at", "slug"),
                name="articles_published",
            ),
            # The other orders of the desk's list.
            models.Index(fields=("title", "-id"), name="articles_by_title"),
            models.Index(fields=("-updated_at", "-id"), name="articles_changed_lately"),
            # What has changed last in each part of the sitemap.
            models.Index(
                part_of(), Greatest("updated_at", "published_at"), name="articles_changed_in_part"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=("series", "episode"),
                name="articles_article_episode_unique",
                violation_error_message="이 연재에 같은 회차가 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(series__isnull=True) | Q(episode__isnull=False),
                name="articles_article_series_needs_episode",
                violation_error_message="연재에 넣은 글에는 회차를 적어 주세요.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values), name="articles_article_status_known"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_as__in=Withdrawal.values),
                name="articles_article_withdrawal_known",
            ),
            models.CheckConstraint(
                condition=Q(comment_policy__in=CommentPolicy.values),
                name="articles_article_comment_policy_known",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.PUBLISHED) | Q(published_at__isnull=False),
                name="articles_article_published_has_a_time",
                violation_error_message="발행한 글에는 게재 시각이 있어야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__isnull=True) | Q(expires_at__gt=F("published_at")),
                name="articles_article_expires_after_publication",
                violation_error_message="게재 종료는 게재 시각보다 뒤여야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(language__in=list(LANGUAGES)), name="articles_article_language_known"
            ),
            models.UniqueConstraint(
                fields=("translation_of", "language"),
                name="articles_article_one_translation_each",
                violation_error_message="그 글을 이 언어로 옮긴 글이 이미 있습니다.",
            ),
            never_empty("title"),
            never_empty("slug"),
            models.CheckConstraint(
                condition=~Q(import_ref=""), name="articles_article_import_ref_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:  # type: ignore[override]
        """Remember the stored slug, so that `save()` sees whether it has changed."""
        article = super().from_db(db, field_names, values)
        article._stored_slug = article.__dict__.get("slug")
        return article

    def save(self, **kwargs: Any) -> None:
        """Save, rendering the body when it has changed and keeping the old address alive.

        Raises RenderingError for a body that must not be rendered; nothing is stored then.
        """
        self.render_for_saving(kwargs)
        if self._state.adding and not self.images_shown:
            # There is nothing else to write, and most articles of an import come this way.
            super().save(**kwargs)
        else:
            self._save_with_traces(kwargs)
        self.note_saved()
        self._stored_slug = self.__dict__.get("slug")

    def _save_with_traces(self, kwargs: dict[str, Any]) -> None:
        """Save the row, note its pictures, and keep the address alive that it had."""
        old_slug = self._stored_slug
        is_new = self._state.adding
        with transaction.atomic(using=kwargs.get("using")):
            super().save(**kwargs)
            if not is_new and _is_searched_for(kwargs.get("update_fields")):
                StaleText.objects.mark([self.pk])
            if self.images_shown is not None:
                ImageUse.objects.record(self, [*self.images_shown, *self.pictures_waiting()])
            if old_slug is not None and old_slug != self.slug:
                Redirect.objects.retire(path_of_slug(old_slug), self, self.path)

    def pictures_waiting(self) -> list[Image]:
        """The pictures of the version that waits for publication, which must not be deleted."""
        if self.pending is None:
            return []
        content = self.pending.content
        shown = Image.objects.at(image_references(content.get("body", "")))
        lead = Image.objects.filter(pk=content.get("lead_image"))
        return [*shown.values(), *lead]

    def slug_is_taken(self, slug: str) -> bool:
        """Leave retired addresses alone too: an old link shall not reach a new article."""
        if slug in RESERVED_SLUGS:
            return True
        retired = Redirect.objects.filter(old_path=path_of_slug(slug)).exclude(article=self.pk)
        return super().slug_is_taken(slug) or retired.exists()

    def get_absolute_url(self) -> str:
        return reverse("articles:article", args=[self.slug])

    @property
    def path(self) -> str:
        """The article's path as a reader would type it, not percent-encoded."""
        return path_of_slug(self.slug)

    def is_public(self) -> bool:
        """Ask the database whether readers may see the article now."""
        return Article.objects.published().filter(pk=self.pk).exists()

    def withdraw(self, withdrawn_as: str = Withdrawal.MISSING, notice: str = "") -> None:
        """Take the article from the readers; its text, address and comments are kept."""
        self.status = Status.WITHDRAWN
        self.withdrawn_as = withdrawn_as
        self.withdrawal_notice = notice
        self.save(update_fields=["status", "withdrawn_as", "withdrawal_notice"])

    @property
    def summary(self) -> list[str]:
        """The lines of the three-line summary that are written, in order."""
        return [line for line in (self.summary_1, self.summary_2, self.summary_3) if line]

    @summary.setter
    def summary(self, lines: Sequence[str]) -> None:
        self.summary_1, self.summary_2, self.summary_3 = (*lines, "", "", "")[:3]

    @property
    def description(self) -> str:
        """What stands for the text where it is only named: the dek, or else the summary."""
        return self.dek or " ".join(self.summary)

    @property
    def has_discussion(self) -> bool:
        """Whether readers see comments, or a place for them, under the article."""
        return self.comment_policy != CommentPolicy.HIDDEN

    @property
    def changed_at(self) -> datetime:
        """When readers last got something new of it, which is not before its publication."""
        return max(self.updated_at, self.published_at or self.updated_at)

    @property
    def was_revised(self) -> bool:
        """Whether the text was changed a day or more after publication, as readers care to know."""
        if self.published_at is None:
            return False
        return self.updated_at - self.published_at >= timedelta(days=1)

    def set_authors(self, authors: Sequence[Author]) -> None:
        """Replace the byline, keeping the given order."""
        rows = self.byline_of(authors)
        with transaction.atomic():
            named = self.byline.order_by("position", "pk").values_list("author", flat=True)
            if list(named) == [row.author_id for row in rows]:
                return
            self.byline.all().delete()
            # One by one, so that it is noted that readers see others; there are a few.
            for row in rows:
                row.save(force_insert=True)

    def byline_of(self, authors: Iterable[Author]) -> list[ArticleAuthor]:
        """Return the rows, not stored yet, that name these authors in the given order."""
        return [
            ArticleAuthor(article=self, author=author, position=position)
            for position, author in enumerate(dict.fromkeys(authors))
        ]

    def tagged_with(self, tags: Iterable[Tag]) -> list[TaggedArticle]:
        """Return the rows, not stored yet, of these tags, each once."""
        return [TaggedArticle(content_object=self, tag=tag) for tag in dict.fromkeys(tags)]


def _is_searched_for(update_fields: Any) -> bool:
    return update_fields is None or not SEARCHED_FIELDS.isdisjoint(update_fields)


def path_of_slug(slug: str) -> str:
    """Return the decoded path of an article with this slug, as redirects keep it."""
    return f"/articles/{slug}/"
