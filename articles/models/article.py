"""The article: what the desk writes, what readers get, and the rendering between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.languages import CHOICES, KOREAN, LANGUAGES
from articles.models.article_queryset import RENDERED_FIELDS, ArticleQuerySet
from articles.models.author import Author
from articles.models.byline import ArticleAuthor
from articles.models.category import Category
from articles.models.fields import NormalisedCharField, WebAddressField
from articles.models.image import Image
from articles.models.image_use import ImageUse
from articles.models.redirect import Redirect
from articles.models.revision import Head
from articles.models.search import StaleText
from articles.models.series import Series
from articles.models.sitemap_part import part_of
from articles.models.slugged import SluggedModel, never_empty
from articles.models.status import CommentPolicy, Status, Withdrawal
from articles.models.tag import Tag, TaggedArticle
from articles.rendering import (
    RENDERER_VERSION,
    KnownImage,
    Rendition,
    TocEntry,
    image_references,
    render,
)

# `/articles/feed/` is the feed of all articles.
RESERVED_SLUGS = frozenset({"feed"})
# What an article is found by, beside its byline and tags.
SEARCHED_FIELDS = frozenset(
    {"title", "dek", "summary_1", "summary_2", "summary_3", "plain_text", "category", "series"}
)


class Article(SluggedModel):  # type: ignore[django-manager-missing]
    slug_source = "title"

    title = NormalisedCharField("제목", max_length=200)
    dek = NormalisedCharField("부제", max_length=300, blank=True)
    summary_1 = NormalisedCharField("요약 첫째 줄", max_length=200, blank=True)
    summary_2 = NormalisedCharField("요약 둘째 줄", max_length=200, blank=True)
    summary_3 = NormalisedCharField("요약 셋째 줄", max_length=200, blank=True)
    body = models.TextField("본문", blank=True, help_text="마크다운으로 씁니다.")

    body_html = models.TextField(editable=False, blank=True)
    toc = models.JSONField(editable=False, default=list)
    plain_text = models.TextField(editable=False, blank=True)
    reading_minutes = models.PositiveSmallIntegerField("읽는 시간(분)", editable=False, default=1)
    renderer_version = models.PositiveIntegerField(editable=False, default=0, db_index=True)

    lead_image = models.ForeignKey(
        Image,
        models.PROTECT,
        verbose_name="대표 그림",
        null=True,
        blank=True,
        related_name="leading_articles",
    )
    lead_image_alt = NormalisedCharField(
        "대표 그림의 대체 텍스트",
        max_length=300,
        blank=True,
        help_text="비워 두면 그림에 적어 둔 것을 씁니다.",
    )
    lead_image_caption = NormalisedCharField("대표 그림의 설명", max_length=300, blank=True)
    lead_image_credit = NormalisedCharField("대표 그림의 출처", max_length=120, blank=True)

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

    # Neither is a part of the text: they say what it is beside others, and change at once.
    language = models.CharField("언어", max_length=8, choices=CHOICES, default=KOREAN)
    translation_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        verbose_name="원문",
        null=True,
        blank=True,
        related_name="translations",
        help_text="다른 글을 옮긴 글이라면 그 글입니다. 독자는 두 글 사이를 오갈 수 있습니다.",
    )

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

    # What the database held when the row was loaded; see `from_db`.
    _stored: Mapping[str, Any] = MappingProxyType({})
    # The pictures that were found in the body when it was rendered, until they are noted.
    _images_shown: Sequence[Image] | None = None
    # The body of which a rendering was taken over, until it is saved.
    _rendered_body: str | None = None

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

    def clean(self) -> None:
        """Keep translations and their originals one step apart and in languages of their own."""
        super().clean()
        if fault := self.translation_fault():
            raise ValidationError({"translation_of": fault})

    def translation_fault(self) -> str:
        """Say why the article cannot be in its language or the translation that it is said to be."""
        own = self.translations.all() if self.pk else Article.objects.none()
        if own.filter(language=self.language).exists():
            return "이 글을 그 언어로 옮긴 글이 이미 있습니다."
        original = self.translation_of
        if original is None:
            return ""
        if original.pk == self.pk:
            return "글이 스스로의 원문일 수는 없습니다."
        if original.translation_of_id is not None:
            return "번역이 아니라 원문을 골라 주세요."
        if original.language == self.language:
            return "원문과 언어가 같습니다. 이 글의 언어를 먼저 골라 주세요."
        if own.exists():
            return "이 글을 원문으로 하는 번역이 있어 번역으로 둘 수 없습니다."
        return ""

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any]) -> Self:  # type: ignore[override]
        """Remember the stored slug and body, so that `save()` sees what has changed."""
        article = super().from_db(db, field_names, values)
        article._stored = {
            name: value
            for name, value in zip(field_names, values, strict=False)
            if name in {"slug", "body"}
        }
        return article

    def save(self, **kwargs: Any) -> None:
        """Save, rendering the body when it has changed and keeping the old address alive.

        Raises RenderingError for a body that must not be rendered; nothing is stored then.
        """
        if self._body_needs_rendering(kwargs.get("update_fields")):
            if self.body != self._rendered_body:
                self.render_body()
            if (fields := kwargs.get("update_fields")) is not None:
                kwargs["update_fields"] = {*fields, *RENDERED_FIELDS}
        if self._state.adding and not self._images_shown:
            # There is nothing else to write, and most articles of an import come this way.
            super().save(**kwargs)
        else:
            self._save_with_traces(kwargs)
        self._images_shown = self._rendered_body = None
        self._stored = {
            name: self.__dict__[name] for name in ("slug", "body") if name in self.__dict__
        }

    def _save_with_traces(self, kwargs: dict[str, Any]) -> None:
        """Save the row, note its pictures, and keep the address alive that it had."""
        old_slug = self._stored.get("slug")
        is_new = self._state.adding
        with transaction.atomic(using=kwargs.get("using")):
            super().save(**kwargs)
            if not is_new and _is_searched_for(kwargs.get("update_fields")):
                StaleText.objects.mark([self.pk])
            if self._images_shown is not None:
                ImageUse.objects.record(self, [*self._images_shown, *self.pictures_waiting()])
            if old_slug is not None and old_slug != self.slug:
                Redirect.objects.retire(path_of_slug(old_slug), self, self.path)

    def _body_needs_rendering(self, update_fields: Any) -> bool:
        if "body" in self.get_deferred_fields():
            return False
        if update_fields is not None and "body" not in update_fields:
            return False
        changed = self._stored.get("body") != self.body
        return changed or self.renderer_version != RENDERER_VERSION

    def take_rendering(self, other: Article) -> None:
        """Take over what was rendered of the body, which shows no picture of ours, before."""
        for name in RENDERED_FIELDS:
            setattr(self, name, getattr(other, name))
        self._rendered_body = other.body
        self._images_shown = []

    def render_body(self, *, notes_lines: bool = False) -> Rendition:
        """Fill the rendered columns from the body, without saving; returns what was rendered.

        `notes_lines` is for a preview alone; see `rendering.render`.
        """
        images: dict[str, Image] = {}

        def known(sources: Sequence[str]) -> dict[str, KnownImage]:
            images.update(Image.objects.at(sources))
            return {source: image.known_as(source) for source, image in images.items()}

        rendition = render(
            self.body, images=known, site_hosts=settings.SITE_HOSTS, notes_lines=notes_lines
        )
        self._images_shown = list(images.values())
        self.body_html = rendition.html
        self.toc = [
            {"level": entry.level, "id": entry.id, "title": entry.title} for entry in rendition.toc
        ]
        self.plain_text = rendition.plain_text
        self.reading_minutes = rendition.reading_minutes
        self.renderer_version = RENDERER_VERSION
        return rendition

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
    def is_foreign(self) -> bool:
        """Whether the text is in another language than the page around it."""
        return self.language != KOREAN

    @property
    def has_discussion(self) -> bool:
        """Whether readers see comments, or a place for them, under the article."""
        return self.comment_policy != CommentPolicy.HIDDEN

    @property
    def lead_alt(self) -> str:
        return self.lead_image_alt or (self.lead_image.alt if self.lead_image else "")

    @property
    def lead_caption(self) -> str:
        return self.lead_image_caption or (self.lead_image.caption if self.lead_image else "")

    @property
    def lead_credit(self) -> str:
        return self.lead_image_credit or (self.lead_image.credit if self.lead_image else "")

    @property
    def toc_entries(self) -> list[TocEntry]:
        return [TocEntry(**entry) for entry in self.toc]

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
