"""From a parsed document to stored rows: planned first, so that a dry run writes nothing.

An article is found again by where it came from. Of an article that exists, only those
fields are rewritten in which the source has moved on and the desk has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import editing
from articles.content import content_of
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.sources import Source
from articles.intake.field_values import Values, fingerprints, values_of
from articles.intake.overwriting import DeskEdits, MayOverwrite, always
from articles.intake.pictures import PlannedPicture, plan_pictures
from articles.models import Article, Author, Category, Image, Redirect, RevisionKind, Series, Status
from articles.models.image import checksum_of
from articles.rendering import RenderingError, render
from articles.slugs import mended_slug

Action = Literal["created", "updated", "unchanged"]

WAITING = (
    "a version of it waits for publication at the desk, so nothing was changed; "
    "publish or drop that one and import again"
)
# The values that are plain attributes of an article; the others are rows of their own.
COLUMNS = (
    "title",
    "dek",
    "summary",
    "body",
    "canonical_url",
    "lead_image_alt",
    "lead_image_caption",
    "lead_image_credit",
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator asked for.

    `status` is "draft", "published" or "source". `author` and `category` stand in where a
    document names none. `update` lets the source overwrite what was edited on the desk.
    `takes_pages` is whether a blog's pages become articles too.
    """

    status: str = "draft"
    author: str = ""
    category: str = ""
    update: bool = False
    takes_pages: bool = True


@dataclass(slots=True)
class Plan:
    """What an import of one document would do; `apply` does it."""

    action: Action
    article: Article | None
    ref: str
    document: ImportedArticle
    digest: str
    values: Values
    pictures: list[PlannedPicture]
    changes: set[str]
    # What the desk has edited and keeps, although the source says otherwise.
    kept: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    # The fingerprints of what the article said when this was planned.
    seen: dict[str, str] = field(default_factory=dict)


def plan(
    document: ImportedArticle,
    data: bytes,
    source: Source,
    options: Options,
    may_overwrite: MayOverwrite = always,
) -> Plan:
    """Decide what importing the document means; reads the database and the source's folder.

    With `options.update`, `may_overwrite` is asked about an article that the desk has edited.
    Raises ImportFailure for a document that cannot be stored.
    """
    return plan_read(document, checksum_of(data), source, options, may_overwrite)


def plan_read(
    document: ImportedArticle,
    digest: str,
    source: Source,
    options: Options,
    may_overwrite: MayOverwrite = always,
) -> Plan:
    """Decide as `plan` does about a document whose bytes were read before and had this digest."""
    pictures, problems = plan_pictures(document, source)
    values, cut = values_of(document, pictures, author=options.author, category=options.category)
    warnings = [*document.warnings, *problems, *cut]
    article, ref = _identified(source, digest, values)
    if article is None:
        _refuse_unrenderable(values["body"])
        return Plan(
            "created", article, ref, document, digest, values, pictures, set(values), [], warnings
        )
    if not options.update and not _has_moved_on(article, values):
        return Plan(
            "unchanged", article, ref, document, digest, values, pictures, set(), [], warnings
        )
    current = _current_values(article)
    seen = fingerprints(current)
    changes, edited = _changes(article, seen, values)
    kept = [name for name in edited if options.update or edited[name]]
    edits = DeskEdits(
        source.label, article.title, {name: (current[name], values[name]) for name in kept}
    )
    if article.pending_id is not None and (changes or kept):
        warnings.append(WAITING)
        changes = set()
    elif kept and options.update and may_overwrite(edits):
        changes, kept = changes | set(kept), []
    else:
        how = "--overwrite-edits overwrites" if options.update else "--update shows it and asks"
        warnings += [f"{name} was edited on the desk and is kept ({how})" for name in kept]
    if "body" in changes:
        _refuse_unrenderable(values["body"])
    action: Action = "updated" if changes else "unchanged"
    return Plan(
        action, article, ref, document, digest, values, pictures, changes, kept, warnings, seen
    )


def _identified(source: Source, digest: str, values: Values) -> tuple[Article | None, str]:
    """Return the article that the document became before, if any, and its lasting identity.

    That is where it came from, or else the very same bytes from elsewhere. An identity that
    a wholly different essay holds is left to it, and the folder's name is added to tell the
    two apart. Raises ImportFailure where that does not help.
    """
    for ref in (source.ref, source.with_folder_in_ref().ref):
        article = Article.objects.filter(import_ref=ref).first()
        if source.is_self_named:
            return article, ref
        if article is None:
            return Article.objects.filter(import_digest=digest).order_by("pk").first(), ref
        if not _is_another_essay(article, values):
            return article, ref
    raise ImportFailure("other essays were imported from files of this name; rename the file")


def _is_another_essay(article: Article, values: Values) -> bool:
    """Whether title and every line of the text differ, as no revision of an essay does.

    The title counts as the importer last read it, too: the desk may have changed everything.
    """
    read, _ = article.import_fingerprints.get("title", (None, None))
    if article.title == values["title"] or read == fingerprints(values)["title"]:
        return False
    return _lines_of(article.body).isdisjoint(_lines_of(values["body"]))


def _lines_of(body: str) -> set[str]:
    return {line.strip() for line in body.splitlines() if line.strip()}


def _refuse_unrenderable(body: str) -> None:
    try:
        render(body)
    except RenderingError as error:
        raise ImportFailure(f"the body cannot be rendered: {error}") from error


def _has_moved_on(article: Article, values: Values) -> bool:
    """Whether the source says anything else than when it was last read, asking no table."""
    read = article.import_fingerprints
    return any(
        value and fingerprint != read.get(name, (None, None))[0]
        for (name, value), fingerprint in zip(
            values.items(), fingerprints(values).values(), strict=True
        )
    )


def _changes(
    article: Article, seen: Mapping[str, str], values: Values
) -> tuple[set[str], dict[str, bool]]:
    """Return the fields to rewrite, and those the desk has edited with whether the source has too.

    A value that the source does not give never erases one that is there.
    """
    incoming = fingerprints(values)
    changes, theirs = set(), {}
    for name, value in values.items():
        read, written = article.import_fingerprints.get(name, (None, None))
        moved_on, edited = incoming[name] != read, seen[name] != written
        if not value or incoming[name] == seen[name] or not (moved_on or edited):
            continue
        if edited:
            theirs[name] = moved_on
        else:
            changes.add(name)
    return changes, theirs


def _current_values(article: Article) -> Values:
    return {
        "authors": [entry.author.name for entry in article.byline.select_related("author")],
        "category": article.category.name if article.category else "",
        "tags": sorted(article.tags.names()),
        "series": article.series.title if article.series else "",
        "episode": article.episode,
        "lead_image": article.lead_image.url if article.lead_image else "",
        **{name: getattr(article, name) for name in COLUMNS},
    }


@transaction.atomic
def apply(plan: Plan, options: Options) -> Article:
    """Carry the plan out; everything of one document is stored, or nothing is.

    Raises StaleError where the desk has saved the article since the plan was made.
    """
    if plan.article is not None and not plan.changes:
        return plan.article
    article = _as_planned(plan, plan.article) if plan.article else _new_article(plan, options)
    urls = {picture.url for picture in plan.pictures if picture.needed_by(plan.changes)}
    for picture in plan.pictures:
        if picture.url in urls:
            picture.store()
    is_known = article.pk is not None
    if is_known:
        editing.keep_before_change(article)
    _write_columns(article, plan)
    article.save()
    _write_relations(article, plan)
    if is_known:
        # What the desk's history shows of an update, and can restore.
        importer = editing.Actor("가져오기")
        editing.keep(article, RevisionKind.IMPORTED, content_of(article), importer)
    _keep_old_paths(article, plan.document.old_paths)
    read, written = fingerprints(plan.values), fingerprints(_current_values(article))
    article.import_fingerprints |= {
        name: (read[name], written[name]) for name in sorted(plan.changes)
    }
    article.save(update_fields=["import_fingerprints"])
    return article


def _as_planned(plan: Plan, known: Article) -> Article:
    """Return the article, locked and as it is now; what else the desk has set meanwhile stays."""
    article = Article.objects.select_for_update().filter(pk=known.pk).first()
    if article is None or article.pending_id is not None:
        raise editing.StaleError
    if fingerprints(_current_values(article)) != plan.seen:
        raise editing.StaleError
    return article


def _new_article(plan: Plan, options: Options) -> Article:
    document = plan.document
    status = document.status or "draft" if options.status == "source" else options.status
    if options.status == "published" and document.is_withheld:
        plan.warnings.append("readers could not see it there, so it is not published here")
        status = document.status
    published_at = document.published_at
    if status == "published" and published_at is None:
        published_at = timezone.now()
    article = Article(
        import_ref=plan.ref,
        status=Status(status),
        published_at=published_at,
        slug=mended_slug(document.slug),
    )
    if article.slug and article.slug_is_taken(article.slug):
        plan.warnings.append(f"the address {article.slug!r} is taken, another one was made")
        article.slug = ""
    if published_at is not None:
        # Readers are told of a revision since publication, and there has been none.
        article.updated_at = min(published_at, timezone.now())
    return article


def _write_columns(article: Article, plan: Plan) -> None:
    if plan.article is not None:
        article.updated_at = timezone.now()
    for name in plan.changes.intersection(COLUMNS):
        setattr(article, name, plan.values[name])
    if "category" in plan.changes:
        article.category = _category(plan.values["category"])
    if "lead_image" in plan.changes and plan.values["lead_image"]:
        article.lead_image = Image.objects.with_url(plan.values["lead_image"])
    if plan.changes & {"series", "episode"}:
        _place_in_series(article, plan)
    article.import_digest = plan.digest


def _write_relations(article: Article, plan: Plan) -> None:
    if "authors" in plan.changes:
        article.set_authors([_author(name) for name in plan.values["authors"]])
    if "tags" in plan.changes:
        article.tags.set(plan.values["tags"])


def _place_in_series(article: Article, plan: Plan) -> None:
    title, episode = plan.values["series"], plan.values["episode"]
    if not title:
        article.episode = episode
        return
    series = Series.objects.filter(title__iexact=title).first() or Series.objects.create(
        title=title
    )
    others = series.articles.exclude(pk=article.pk)
    if episode is None:
        episode = (others.aggregate(last=Max("episode"))["last"] or 0) + 1
        plan.warnings.append(f"no episode number found, {episode} was given")
    elif others.filter(episode=episode).exists():
        plan.warnings.append(f"episode {episode} of {title!r} is taken, left out of the series")
        return
    article.series, article.episode = series, episode


def _category(name: str) -> Category | None:
    if not name:
        return None
    return Category.objects.filter(name__iexact=name).first() or Category.objects.create(name=name)


def _author(name: str) -> Author:
    return Author.objects.filter(name__iexact=name).first() or Author.objects.create(name=name)


def _keep_old_paths(article: Article, old_paths: tuple[str, ...]) -> None:
    """Redirect the addresses the essay had elsewhere, unless something lives there now."""
    for path in old_paths:
        slug = path.removeprefix("/articles/").strip("/")
        is_ours = path.startswith("/articles/")
        if path == article.path or (is_ours and Article.objects.filter(slug=slug).exists()):
            continue
        Redirect.objects.get_or_create(old_path=path, defaults={"article": article})
