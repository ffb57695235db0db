"""An article with everything that stands on its page, but for the discussion below it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import QuerySet
from django.utils.safestring import SafeString

from articles.models import Article, ArticleAuthor
from articles.pages import article_parts as parts
from articles.pages.image_facts import image_columns, stored_facts
from articles.pages.page_links import PageLinks, links_of
from articles.pages.related import Related, related_articles
from articles.pages.shown_article import (
    ShownArticle,
    ShownAuthor,
    ShownFacts,
    ShownFoot,
    ShownHead,
    shown_article,
)
from articles.queries.compiled import CompiledQuery
from articles.structured_data import DESCRIPTION_LENGTH


class PageParts(NamedTuple):
    """What the page's template puts together."""

    meta: SafeString
    scripts: SafeString
    head: SafeString
    foot: SafeString
    related: SafeString


class ArticlePage(NamedTuple):
    """What readers see of an article at one moment; `article` was loaded for its text."""

    article: Article
    shown: ShownArticle
    links: PageLinks
    related: tuple[Related, ...]

    @property
    def parts(self) -> PageParts:
        article, shown, links = self.article, self.shown, self.links
        meta = (
            parts.social_html(shown),
            parts.data_html(shown, article.comment_count),
            parts.facts_html(ShownFacts(shown, links.versions)),
        )
        comment_count = article.comment_count if article.has_discussion else None
        head = ShownHead(shown, comment_count, links.versions)
        foot = ShownFoot(shown, settings.KAKAO_JS_KEY, links.episodes, links.section_steps)
        related = parts.ShownRelated(shown.category, self.related)
        return PageParts(
            meta=parts.joined(meta),
            scripts=parts.scripts_html(parts.ShownScripts(article.pk)),
            head=parts.head_html(head),
            foot=parts.foot_html(foot),
            related=parts.related_html(related) if self.related else SafeString(),
        )


def article_page(slug: str, at: datetime) -> ArticlePage | None:
    """Return what readers see at `at` at this address, or None; four queries."""
    article: Article | None = _with_slug.first(slug, at)
    if article is None:
        return None
    links = links_of(article, at)
    authors = tuple(_author(row) for row in _byline(article.pk))
    related = related_articles(
        article, [tag.pk for tag in links.tags], [step.pk for step in links.steps], at
    )
    opening = article.opening  # type: ignore[attr-defined]
    shown = shown_article(article, opening, authors, links.tags)
    return ArticlePage(article, shown, links, tuple(related))


def _published(slug: str, at: datetime) -> QuerySet[Article]:
    shown = Article.objects.published(at).filter(slug=slug).order_by()
    return (
        shown.with_opening(DESCRIPTION_LENGTH)
        .select_related("category", "lead_image", "series__cover")
        .only(
            *("slug", "title", "dek", "summary_1", "summary_2", "summary_3", "body_html", "toc"),
            *("reading_minutes", "lead_image_alt", "lead_image_caption", "lead_image_credit"),
            *("episode", "published_at", "updated_at", "comment_policy", "comment_count"),
            *("language", "translation_of", "canonical_url", "category__name", "category__slug"),
            *image_columns("lead_image"),
            *("lead_image__caption", "lead_image__credit", "series__title", "series__slug"),
            *image_columns("series__cover"),
        )
    )


def _authors_of(pk: int) -> QuerySet[ArticleAuthor, Any]:
    byline = ArticleAuthor.objects.filter(article=pk).order_by("position", "pk")
    return byline.values_list(
        "author__name", "author__slug", "author__bio", *image_columns("author__portrait")
    )


def _author(row: tuple[Any, ...]) -> ShownAuthor:
    name, slug, bio, *portrait = row
    return ShownAuthor(name, slug, bio, stored_facts(portrait))


_with_slug = CompiledQuery(_published)
_byline = CompiledQuery(_authors_of)
