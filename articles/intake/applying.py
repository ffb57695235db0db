"""From a plan to stored rows: everything of one document, or nothing."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import editing
from articles.content import content_of
from articles.intake.field_values import (
    COLUMNS,
    Values,
    columns_of,
    current_values,
    fingerprints,
    has_room,
)
from articles.intake.names import Names
from articles.intake.plans import Options, Plan
from articles.models import Article, Author, Image, Redirect, RevisionKind, Status, Tag
from articles.slugs import mended_slug
from articles.text import one_line


@transaction.atomic
def apply(plan: Plan, options: Options) -> Article:
    """Carry the plan out; everything of one document is stored, or nothing is.

    Raises StaleError where the desk has saved the article since the plan was made.
    """
    names = Names()
    article = apply_in_batch(plan, options, names)
    names.store_relations()
    return article


@transaction.atomic
def apply_in_batch(plan: Plan, options: Options, names: Names) -> Article:
    """Carry the plan out but for the byline and tags of a new article, which wait in `names`.

    `names` remembers rows for the next plans; forget them when this raises, as StaleError where the
    desk has saved the article since the plan was made.
    """
    if plan.article is not None and not plan.changes:
        return plan.article
    known = _as_planned(plan, plan.article) if plan.article else None
    for picture in plan.pictures:
        if picture.needed_by(plan.changes):
            picture.store()
    if known is not None:
        _update(known, plan, names)
        _keep_old_paths(known, plan.document.old_paths)
        return known
    authors, tags = _related(plan, names)
    article = _create(plan, options, names, authors, tags)
    _keep_old_paths(article, plan.document.old_paths)
    names.relate(article, authors, tags)
    return article


def _as_planned(plan: Plan, known: Article) -> Article:
    """Return the article, locked and as it is now; what else the desk has set meanwhile stays."""
    article = Article.objects.select_for_update().filter(pk=known.pk).first()
    if article is None or article.pending_id is not None:
        raise editing.StaleError
    if fingerprints(current_values(article)) != plan.seen:
        raise editing.StaleError
    return article


def _create(
    plan: Plan, options: Options, names: Names, authors: Sequence[Author], tags: Sequence[Tag]
) -> Article:
    article = _new_article(plan, options, names)
    _write_columns(article, plan, names)
    written = columns_of(article) | {
        "authors": [author.name for author in authors],
        "tags": sorted(tag.name for tag in tags),
    }
    _note_fingerprints(article, plan, written)
    article.save()
    return article


def _update(article: Article, plan: Plan, names: Names) -> None:
    editing.keep_before_change(article)
    article.updated_at = timezone.now()
    _write_columns(article, plan, names)
    article.save()
    authors, tags = _related(plan, names)
    if "authors" in plan.changes:
        article.set_authors(authors)
    if "tags" in plan.changes:
        article.tags.set(tags)
    # What the desk's history shows of an update, and can restore.
    importer = editing.Actor("가져오기")
    editing.keep(article, RevisionKind.IMPORTED, content_of(article), importer)
    _note_fingerprints(article, plan, current_values(article))
    article.save(update_fields=["import_fingerprints"])


def _note_fingerprints(article: Article, plan: Plan, written: Values) -> None:
    """Remember what was read and what is written of every field that changes."""
    names = sorted(plan.changes)
    read = fingerprints({name: plan.values[name] for name in names})
    differing = fingerprints({n: written[n] for n in names if written[n] != plan.values[n]})
    article.import_fingerprints |= {name: (read[name], (read | differing)[name]) for name in names}


def _new_article(plan: Plan, options: Options, names: Names) -> Article:
    document = plan.document
    status = document.status or "draft" if options.status == "source" else options.status
    if options.status == "published" and document.is_withheld:
        plan.warnings.append("readers could not see it there, so it is not published here")
        status = document.status
    published_at = document.published_at
    if status == "published" and published_at is None:
        published_at = timezone.now()
        plan.warnings.append("no date found, so it counts as published now")
    article = Article(
        import_ref=plan.ref,
        status=Status(status),
        published_at=published_at,
        slug=mended_slug(document.slug),
    )
    if names.take_slug(plan.wanted_slug):
        article.slug = plan.wanted_slug
    elif article.slug and article.slug_is_taken(article.slug):
        plan.warnings.append(f"the address {article.slug!r} is taken, another one was made")
        article.slug = ""
    if published_at is not None:
        # Readers are told of a revision since publication, and there has been none.
        article.updated_at = min(published_at, timezone.now())
    return article


def _write_columns(article: Article, plan: Plan, names: Names) -> None:
    for name in plan.changes.intersection(COLUMNS):
        setattr(article, name, plan.values[name])
    if "category" in plan.changes:
        article.category = names.category(plan.values["category"])
    if "lead_image" in plan.changes and plan.values["lead_image"]:
        article.lead_image = Image.objects.with_url(plan.values["lead_image"])
    if plan.changes & {"series", "episode"}:
        _place_in_series(article, plan, names)
    if plan.rendered is not None:
        article.take_rendering(plan.rendered)
    article.import_digest = plan.digest


def _related(plan: Plan, names: Names) -> tuple[list[Author], list[Tag]]:
    """Return the rows of the byline and of the tags that change, each once."""
    authors = plan.values["authors"] if "authors" in plan.changes else ()
    tags = plan.values["tags"] if "tags" in plan.changes else ()
    return (
        list(dict.fromkeys(map(names.author, authors))),
        list(dict.fromkeys(map(names.tag, tags))),
    )


def _place_in_series(article: Article, plan: Plan, names: Names) -> None:
    title, episode = plan.values["series"], plan.values["episode"]
    if not title:
        article.episode = episode
        return
    series = names.series(title)
    others = series.articles.exclude(pk=article.pk)
    if episode is None:
        episode = (others.aggregate(last=Max("episode"))["last"] or 0) + 1
        plan.warnings.append(f"no episode number found, {episode} was given")
    elif others.filter(episode=episode).exists():
        plan.warnings.append(f"episode {episode} of {title!r} is taken, left out of the series")
        return
    article.series, article.episode = series, episode


def _keep_old_paths(article: Article, old_paths: tuple[str, ...]) -> None:
    """Redirect the addresses the essay had elsewhere, unless something lives there now."""
    paths = dict.fromkeys(
        one_line(path)
        for path in old_paths
        if has_room(path) and path != article.path and not _is_here(path)
    )
    if not paths:
        return
    taken = set(Redirect.objects.filter(old_path__in=paths).values_list("old_path", flat=True))
    Redirect.objects.bulk_create(
        Redirect(old_path=path, article=article) for path in paths if path not in taken
    )


def _is_here(path: str) -> bool:
    """Whether an article answers at the path."""
    slug = path.removeprefix("/articles/").strip("/")
    return path.startswith("/articles/") and Article.objects.filter(slug=slug).exists()
