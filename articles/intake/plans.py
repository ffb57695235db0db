"""What importing a parsed document would do: planned first, so that a dry run writes nothing.

An article is found again by where it came from. Of an article that exists, only those
fields are rewritten in which the source has moved on and the desk has not.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.sources import Source
from articles.intake.field_values import Values, current_values, fingerprints, has_room, values_of
from articles.intake.known_articles import KnownArticles
from articles.intake.overwriting import DeskEdits, MayOverwrite, always
from articles.intake.pictures import Fetch, PlannedPicture, plan_pictures
from articles.models import (
    Article,
    Image,
)
from articles.models.image import checksum_of
from articles.rendering import RenderingError
from articles.slugs import make_slug, mended_slug

Action = Literal["created", "updated", "unchanged"]

WAITING = (
    "a version of it waits for publication at the desk, so nothing was changed; "
    "publish or drop that one and import again"
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
    """What an import of one document would do; `applying.apply` does it."""

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
    current = current_values(article)
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
