"""Tags through django-taggit, with Hangul slugs and one row for every spelling of a name."""

from typing import Any

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from taggit.models import ItemBase, TagBase

from articles.models.fields import HangulSlugField, NormalisedCharField
from articles.models.noted_queryset import NotedQuerySet
from articles.models.search import following_the_name
from articles.models.slugged import never_empty
from articles.slugs import make_slug, unique_slug


class TagQuerySet(NotedQuerySet["Tag"]):
    """Tags, of which changes are noted."""


class Tag(TagBase):
    name = NormalisedCharField("이름", max_length=100, unique=True)
    slug = HangulSlugField("주소", blank=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        verbose_name = "태그"
        verbose_name_plural = "태그"
        ordering = ("name",)
        constraints = [
            never_empty("name"),
            never_empty("slug"),
            models.UniqueConstraint(
                Lower("name"),
                name="articles_tag_name_unique",
                violation_error_message="같은 이름의 태그가 이미 있습니다.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("articles:tag", args=[self.slug])

    def save(self, *args: Any, **kwargs: Any) -> None:
        with following_the_name(self, "name", "article__tags"):
            super().save(*args, **kwargs)

    def clean(self) -> None:
        """Make the slug that the desk leaves empty; taggit does so for new tags only."""
        super().clean()
        if not self.slug:
            others = Tag.objects.exclude(pk=self.pk)
            self.slug = unique_slug(
                self.slugify(self.name), lambda slug: others.filter(slug=slug).exists()
            )

    def slugify(self, tag: str, i: int | None = None) -> str:
        """Make the slug by the site's own rules; taggit passes a number to try again with."""
        base = make_slug(tag) or "태그"
        return base if i is None else f"{base}-{i + 1}"


class TaggedArticle(ItemBase):
    content_object = models.ForeignKey(
        "articles.Article", models.CASCADE, verbose_name="글", related_name="tagged_items"
    )
    tag = models.ForeignKey(
        Tag, models.CASCADE, verbose_name="태그", related_name="tagged_articles"
    )

    class Meta:
        verbose_name = "글의 태그"
        verbose_name_plural = "글의 태그"
        constraints = [
            models.UniqueConstraint(
                fields=("content_object", "tag"), name="articles_taggedarticle_unique"
            )
        ]
