"""From a parsed document to stored rows: planned first, so that a dry run writes nothing.

An article is found again by where it came from. Of an article that exists, only those
fields are rewritten in which the source has moved on and the desk has not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from articles import editing
from articles.content import content_of
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.sources import Source
from articles.intake.field_values import Values, fingerprints, has_room, values_of
from articles.intake.known_articles import KnownArticles
from articles.intake.names import Names
from articles.intake.overwriting import DeskEdits, MayOverwrite, always
from articles.intake.pictures import Fetch, PlannedPicture, plan_pictures
from articles.models import (
    Article,
    Author,
    Image,
    Redirect,
    RevisionKind,
    Status,
    Tag,
)
from articles.models.image import checksum_of
from articles.rendering import RenderingError
from articles.slugs import make_slug, mended_slug
from articles.text import one_line

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
    `takes_pages` is whether a blog's pages become articles too. `fetch` returns the bytes of a
    picture on the web; without it none is asked for.
    """

    status: str = "draft"
    author: str = ""
    category: str = ""
    update: bool = False
    takes_pages: bool = True
    fetch: Fetch | None = None


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
    warnings: list[str] = field(default_factory=list)
    # What the desk has edited and keeps, although the source says otherwise.
    kept: list[str] = field(default_factory=list)
    # The fingerprints of what the article said when this was planned.
    seen: dict[str, str] = field(default_factory=dict)
    # An article with the new body, rendered; None where it shows pictures of ours.
    rendered: Article | None = None

    @property
    def wanted_slug(self) -> str:
        """The address that the document had, or else the one that its title makes."""
        return mended_slug(self.document.slug) or make_slug(self.values["title"])


def plan(
    document: ImportedArticle,
    data: bytes,
    source: Source,
    options: Options,
    may_overwrite: MayOverwrite = always,
    known: KnownArticles | None = None,
) -> Plan:
    """Decide what importing the document means; reads the database and the source's folder.

    With `options.update`, `may_overwrite` is asked about an article that the desk has edited.
    `known` spares asking for identities that nobody has. Raises ImportFailure for a document that
    cannot be stored.
    """
    return plan_read(document, checksum_of(data), source, options, may_overwrite, known)


def plan_read(
    document: ImportedArticle,
    digest: str,
    source: Source,
    options: Options,
    may_overwrite: MayOverwrite = always,
    known: KnownArticles | None = None,
) -> Plan:
    """Decide as `plan` does about a document whose bytes were read before and had this digest."""
    pictures, problems = plan_pictures(document, source, options.fetch)
    values, cut = values_of(document, pictures, author=options.author, category=options.category)
    long = [path for path in document.old_paths if not has_room(path)]
    lost = [f"an old address is too long for a redirect: {path[:80]}…" for path in long]
    warnings = [*document.warnings, *problems, *cut, *lost]
    article, ref = _identified(source, digest, values, known or KnownArticles())
    made = Plan("created", article, ref, document, digest, values, pictures, set(values), warnings)
    if article is not None:
        _compare(made, article, source, options, may_overwrite)
    if "body" in made.changes:
        made.rendered = _rendered(values["body"])
    return made


def _compare(
    plan: Plan, article: Article, source: Source, options: Options, may_overwrite: MayOverwrite
) -> None:
    """Plan what becomes of an article that is here already."""
    plan.action, plan.changes = "unchanged", set()
    if not options.update and not _has_moved_on(article, plan.values):
        return
    current = _current_values(article)
    plan.seen = fingerprints(current)
    changes, edited = _changes(article, plan.seen, plan.values)
    kept = [name for name in edited if options.update or edited[name]]
    edits = DeskEdits(
        source.label, article.title, {name: (current[name], plan.values[name]) for name in kept}
    )
    if article.pending_id is not None and (changes or kept):
        plan.warnings.append(WAITING)
        changes = set()
    elif kept and options.update and may_overwrite(edits):
        changes, kept = changes | set(kept), []
    else:
        how = "--overwrite-edits overwrites" if options.update else "--update shows it and asks"
        plan.warnings += [f"{name} was edited on the desk and is kept ({how})" for name in kept]
    plan.changes, plan.kept = changes, kept
    plan.action = "updated" if changes else "unchanged"


def _identified(
    source: Source, digest: str, values: Values, known: KnownArticles
) -> tuple[Article | None, str]:
    """Return the article that the document became before, if any, and its lasting identity.

    That is where it came from, or else the very same bytes from elsewhere. An identity that
    a wholly different essay holds is left to it, and the folder's name is added to tell the
    two apart. Raises ImportFailure where that does not help.
    """
    for ref in (source.ref, source.with_folder_in_ref().ref):
        article = known.with_ref(ref)
        if source.is_self_named:
            return article, ref
        if article is None:
            return known.with_digest(digest), ref
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


def _rendered(body: str) -> Article | None:
    """Render the body, or only try to where pictures that it shows may be stored in between.

    Raises ImportFailure for a body that must not be rendered.
    """
    article = Article(body=body)
    try:
        sources = article.render_body().image_sources
    except RenderingError as error:
        raise ImportFailure(f"the body cannot be rendered: {error}") from error
    return None if any(map(Image.objects.may_be_at, sources)) else article


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
        **_columns_of(article),
        "authors": [entry.author.name for entry in article.byline.select_related("author")],
        "tags": sorted(article.tags.names()),
    }


def _columns_of(article: Article) -> Values:
    """Return all values but those that are kept beside the article's own row."""
    return {
        "category": article.category.name if article.category else "",
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
    if fingerprints(_current_values(article)) != plan.seen:
        raise editing.StaleError
    return article


def _create(
    plan: Plan, options: Options, names: Names, authors: Sequence[Author], tags: Sequence[Tag]
) -> Article:
    article = _new_article(plan, options, names)
    _write_columns(article, plan, names)
    written = _columns_of(article) | {
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
    _note_fingerprints(article, plan, _current_values(article))
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
