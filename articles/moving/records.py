"""The site's rows as the records of an export: by name, without a number of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model, Prefetch

from articles.content import Content, authors_of
from articles.importing.dates import KST
from articles.models import (
    Article,
    ArticleAuthor,
    ArticleQuerySet,
    Author,
    Banner,
    Category,
    FrontBlock,
    FrontPin,
    Image,
    Redirect,
    Revision,
    Series,
    SiteSettings,
    Tag,
)
from articles.moving import layout
from articles.moving.documents import ArticleRecord, PendingRecord, Words

Record = dict[str, Any]

_CHUNK = 100


def articles() -> Iterator[Article]:
    """Yield every article by its slug, with what its records ask for; a hundred at a time."""
    order = [pk for _, pk in sorted(Article.objects.order_by().values_list("slug", "pk"))]
    for start in range(0, len(order), _CHUNK):
        chunk = order[start : start + _CHUNK]
        found = with_relations(Article.objects.all()).in_bulk(chunk)
        yield from (found[pk] for pk in chunk if pk in found)


def with_relations(articles: ArticleQuerySet) -> ArticleQuerySet:
    byline = ArticleAuthor.objects.select_related("author")
    return (
        articles.defer("body_html", "toc", "plain_text")
        .select_related("category", "series", "lead_image", "pending", "translation_of")
        .prefetch_related(Prefetch("byline", byline), "tagged_items__tag", "redirects")
    )


def article_record(article: Article) -> ArticleRecord:
    """Return the record of an article that `with_relations` has loaded."""
    return ArticleRecord(
        words=words_of(article),
        status=article.status,
        created_at=article.created_at,
        updated_at=article.updated_at,
        published_at=article.published_at,
        expires_at=article.expires_at,
        comment_policy=article.comment_policy,
        language=article.language,
        translation_of=article.translation_of.slug if article.translation_of else "",
        withdrawn_as=article.withdrawn_as,
        withdrawal_notice=article.withdrawal_notice,
        import_ref=article.import_ref,
        import_digest=article.import_digest,
        import_fingerprints=article.import_fingerprints,
        old_paths=tuple(sorted(redirect.old_path for redirect in article.redirects.all())),
    )


def words_of(article: Article) -> Words:
    return Words(
        slug=article.slug,
        title=article.title,
        body=article.body,
        dek=article.dek,
        summary=_lines(article.summary_1, article.summary_2, article.summary_3),
        authors=tuple(entry.author.name for entry in article.byline.all()),
        category=article.category.name if article.category else "",
        tags=tuple(sorted(item.tag.name for item in article.tagged_items.all())),
        series=article.series.title if article.series else "",
        episode=article.episode,
        lead_image=_file(article.lead_image),
        lead_image_alt=article.lead_image_alt,
        lead_image_caption=article.lead_image_caption,
        lead_image_credit=article.lead_image_credit,
        canonical_url=article.canonical_url,
    )


def pending_record(article: Article, pending: Revision) -> PendingRecord:
    return PendingRecord(
        words=_words_of_content(pending.content),
        article=article.slug,
        kind=pending.kind,
        saved_at=pending.saved_at,
        author_name=pending.author_name,
        note=pending.note,
    )


def _words_of_content(content: Content) -> Words:
    """Return a version's words; what it refers to and is no longer there is left out."""
    category = Category.objects.filter(pk=content.get("category") or 0).first()
    series = Series.objects.filter(pk=content.get("series") or 0).first()
    image = Image.objects.filter(pk=content.get("lead_image") or 0).first()
    return Words(
        slug=content.get("slug", ""),
        title=content.get("title", ""),
        body=content.get("body", ""),
        dek=content.get("dek", ""),
        summary=_lines(*(content.get(f"summary_{number}", "") for number in (1, 2, 3))),
        authors=tuple(author.name for author in authors_of(content)),
        category=category.name if category else "",
        tags=tuple(content.get("tags", ())),
        series=series.title if series else "",
        episode=content.get("episode"),
        lead_image=_file(image),
        lead_image_alt=content.get("lead_image_alt", ""),
        lead_image_caption=content.get("lead_image_caption", ""),
        lead_image_credit=content.get("lead_image_credit", ""),
        canonical_url=content.get("canonical_url", ""),
    )


def images() -> Iterator[Image]:
    return Image.objects.order_by("file").prefetch_related("former_files").iterator(_CHUNK)


def image_record(image: Image) -> Record:
    former = sorted(image.former_files.all(), key=lambda file: file.name)
    return _copied(image, "alt", "caption", "credit", "width", "height", "focus_x", "focus_y") | {
        "file": image.file.name,
        "checksum": image.checksum,
        "created_at": _time(image.created_at),
        "former_files": [{"name": file.name, "checksum": file.checksum} for file in former],
    }


def tables() -> dict[str, Iterator[Record]]:
    """Return the records of everything else, by the file that holds them."""
    return {
        layout.AUTHORS: _authors(),
        layout.CATEGORIES: _rows(Category, "slug", "name", "description", "position"),
        layout.SERIES: _series(),
        layout.TAGS: _rows(Tag, "slug", "name"),
        layout.REDIRECTS: _redirects(),
        layout.FRONT_PAGE: _front_page(),
        layout.SITE: _site(),
    }


def _rows(model: Any, *names: str) -> Iterator[Record]:
    """Yield rows by their slug, whose order no collation of a database decides."""
    for row in sorted(model.objects.order_by(), key=lambda row: row.slug):
        yield _copied(row, *names)


def _authors() -> Iterator[Record]:
    rows = Author.objects.order_by().select_related("portrait")
    for author in sorted(rows, key=lambda row: row.slug):
        yield _copied(author, "slug", "name", "bio") | {"portrait": _file(author.portrait)}


def _series() -> Iterator[Record]:
    rows = Series.objects.order_by().select_related("cover")
    for series in sorted(rows, key=lambda row: row.slug):
        copied = _copied(series, "slug", "title", "description", "is_finished")
        yield copied | {"cover": _file(series.cover)}


def _redirects() -> Iterator[Record]:
    rows = Redirect.objects.order_by()
    values = rows.values_list("old_path", "article__slug", "target", "created_at")
    for old_path, slug, target, created_at in sorted(values, key=lambda row: row[0]):
        yield {
            "old_path": old_path,
            "article": slug or "",
            "target": target,
            "created_at": _time(created_at),
        }


def _front_page() -> Iterator[Record]:
    for pin in FrontPin.objects.select_related("article"):
        yield {
            "kind": "pin",
            "article": pin.article.slug,
            "position": pin.position,
            "until": _time(pin.until),
        }
    for block in FrontBlock.objects.select_related("category"):
        category = block.category.name if block.category else ""
        copied = _copied(block, "position", "size", "is_shown")
        yield {"kind": "block", "shows": block.kind, "category": category} | copied
    for banner in Banner.objects.select_related("image"):
        copied = _copied(banner, "slot", "title", "text", "target", "is_advertisement", "position")
        yield (
            {"kind": "banner"}
            | copied
            | {
                "image": _file(banner.image),
                "starts_at": _time(banner.starts_at),
                "ends_at": _time(banner.ends_at),
            }
        )


def _site() -> Iterator[Record]:
    names = ("name", "tagline", "description", "analytics_script", "analytics_site")
    for row in SiteSettings.objects.all():
        yield _copied(row, *names)


def _copied(row: Model, *names: str) -> Record:
    return {name: getattr(row, name) for name in names}


def _lines(*lines: str) -> tuple[str, ...]:
    """Return the summary's lines up to the last that says something."""
    last = max((place for place, line in enumerate(lines, start=1) if line), default=0)
    return tuple(lines[:last])


def _file(image: Image | None) -> str:
    return str(image.file.name) if image else ""


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.astimezone(KST).isoformat()
