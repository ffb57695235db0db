"""Authors, sections, redirects and so on of an export; what is here by that name stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models, transaction

from articles.importing.documents import ImportFailure
from articles.models import (
    Article,
    Author,
    Banner,
    Category,
    FrontBlock,
    FrontPage,
    FrontPin,
    Image,
    Redirect,
    Series,
    SiteSettings,
    Tag,
)
from articles.moving import layout
from articles.moving.fields import Fields

M = TypeVar("M", bound=models.Model)

Restorer = Callable[[Fields], None]


def restore_author(fields: Fields) -> None:
    name = fields.text("name")
    if Author.objects.filter(name__iexact=name).exists():
        return
    author = Author(
        name=name,
        slug=_free_slug(Author, fields),
        bio=fields.text("bio"),
        portrait=picture_named(fields.text("portrait")),
    )
    _store(author)


def restore_category(fields: Fields) -> None:
    name = fields.text("name")
    if Category.objects.filter(name__iexact=name).exists():
        return
    category = Category(
        name=name,
        slug=_free_slug(Category, fields),
        description=fields.text("description"),
        position=fields.number("position") or 0,
    )
    _store(category)


def restore_series(fields: Fields) -> None:
    title = fields.text("title")
    if Series.objects.filter(title__iexact=title).exists():
        return
    series = Series(
        title=title,
        slug=_free_slug(Series, fields),
        description=fields.text("description"),
        cover=picture_named(fields.text("cover")),
        is_finished=fields.flag("is_finished"),
    )
    _store(series)


def restore_tag(fields: Fields) -> None:
    name = fields.text("name")
    if not Tag.objects.filter(name__iexact=name).exists():
        _store(Tag(name=name, slug=_free_slug(Tag, fields)))


def restore_redirect(fields: Fields, renamed: Mapping[str, str]) -> None:
    """Keep an old address alive, unless an article or another redirect answers there."""
    old_path, slug = fields.text("old_path"), fields.text("article")
    lives = Article.objects.filter(slug=old_path.removeprefix("/articles/").strip("/"))
    if Redirect.objects.filter(old_path=old_path).exists():
        return
    if old_path.startswith("/articles/") and lives.exists():
        return
    article = _article(slug, renamed) if slug else None
    redirect = Redirect(old_path=old_path, article=article, target=fields.text("target"))
    created_at = fields.moment("created_at")
    redirect.clean_fields(exclude={"article"})
    if article is None and not _leads_somewhere(redirect.target):
        raise ImportFailure("`target` is neither a path nor a web address")
    with transaction.atomic():
        redirect.save()
        Redirect.objects.filter(pk=redirect.pk).update(created_at=created_at)


def _leads_somewhere(target: str) -> bool:
    is_path = target.startswith("/") and not target.startswith("//")
    return is_path or target.startswith(("https://", "http://"))


def restore_settings(fields: Fields) -> None:
    if SiteSettings.objects.exists():
        return
    names = ("name", "tagline", "description", "analytics_script", "analytics_site")
    _store(SiteSettings(pk=SiteSettings.SINGLE, **{name: fields.text(name) for name in names}))


def front_page_is_arranged() -> bool:
    models_of_it: tuple[Any, ...] = (FrontPin, FrontBlock, Banner, FrontPage)
    return any(model.objects.exists() for model in models_of_it)


def restore_front_row(fields: Fields, renamed: Mapping[str, str]) -> None:
    kind = fields.choice("kind", ("pin", "block", "banner"), "")
    position = fields.number("position") or 0
    if kind == "pin":
        article = _article(fields.text("article"), renamed)
        until = fields.optional_moment("until")
        _store(FrontPin(article=article, position=position, until=until))
    elif kind == "block":
        _store(_block(fields, position))
    else:
        _store(_banner(fields, position))


def _block(fields: Fields, position: int) -> FrontBlock:
    name = fields.text("category")
    category = Category.objects.filter(name__iexact=name).first() if name else None
    return FrontBlock(
        kind=fields.text("shows"),
        category=category,
        position=position,
        size=fields.number("size") or 0,
        is_shown=fields.flag("is_shown"),
    )


def _banner(fields: Fields, position: int) -> Banner:
    return Banner(
        slot=fields.text("slot"),
        title=fields.text("title"),
        text=fields.text("text"),
        target=fields.text("target"),
        image=picture_named(fields.text("image")),
        is_advertisement=fields.flag("is_advertisement"),
        starts_at=fields.moment("starts_at"),
        ends_at=fields.optional_moment("ends_at"),
        position=position,
    )


def picture_named(name: str) -> Image | None:
    """Return the picture of a file's name, which may have been replaced; None if there is none."""
    if not name:
        return None
    found = Image.objects.filter(file=name).first()
    return found or Image.objects.filter(former_files__name=name).first()


def _article(slug: str, renamed: Mapping[str, str]) -> Article:
    found = Article.objects.without_text().filter(slug=renamed.get(slug, slug)).first()
    if found is None:
        raise ImportFailure(f"there is no article {slug!r} here")
    return found


def _free_slug(model: Any, fields: Fields) -> str:
    """Return the slug of the export, or "" where something else has it: another is made then."""
    slug = fields.text("slug")
    return "" if model.objects.filter(slug=slug).exists() else slug


def _store(row: M) -> None:
    row.full_clean()
    with transaction.atomic():
        row.save()


# They are there before the articles, which name them; their slugs would else be made anew.
BEFORE_ARTICLES: dict[str, Restorer] = {
    layout.AUTHORS: restore_author,
    layout.CATEGORIES: restore_category,
    layout.SERIES: restore_series,
    layout.TAGS: restore_tag,
}
