"""Articles of an export on their way into the database, each in a transaction of its own.

An article that is here already stays as it is: whatever has changed since is the desk's.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.db import transaction
from django.db.models import Q

from articles import editing
from articles.content import Content, authors_of, content_of, digest_of, lay_over, write
from articles.importing.documents import ImportFailure
from articles.intake.names import Names
from articles.intake.overwriting import DeskEdits, MayOverwrite, always
from articles.intake.plans import WAITING, Action
from articles.models import (
    Article,
    ArticleQuerySet,
    Redirect,
    Revision,
    RevisionKind,
    Series,
    StaleText,
    Status,
)
from articles.models.article import path_of_slug
from articles.moving.documents import ArticleRecord, PendingRecord, Words
from articles.moving.records import with_relations, words_of
from articles.moving.restored_tables import picture_named

_ACTOR = editing.Actor("가져오기")
_STATES = (
    "status",
    "created_at",
    "updated_at",
    "published_at",
    "expires_at",
    "comment_policy",
    "language",
    "withdrawn_as",
    "withdrawal_notice",
    "import_digest",
)
_ADDRESSES = ("http://", "https://")


@dataclass(slots=True)
class Outcome:
    """What has become of an article, or would; `article` is None where a dry run made none."""

    action: Action
    article: Article | None
    warnings: list[str] = field(default_factory=list)


def restore_article(
    record: ArticleRecord,
    pending: PendingRecord | None,
    *,
    update: bool,
    dry_run: bool,
    may_overwrite: MayOverwrite = always,
) -> Outcome:
    """Store the article of an export, or find it; raises ImportFailure and ValidationError.

    With `update`, `may_overwrite` is asked about one that is not as in the export. What waits for publication comes back with a new article only: here it may have been published.
    """
    found = article_known_as(record)
    if found is not None:
        return _compared(found, record, may_overwrite if update else None, dry_run=dry_run)
    outcome = Outcome("created", None)
    if not dry_run:
        outcome.article = _create(record, pending, outcome.warnings)
    return outcome


def article_known_as(record: ArticleRecord) -> Article | None:
    """Return what the article of an export is here, by where both came from or by its address.

    An address that a wholly different essay has says nothing. Then, and where the address has
    been retired here, the microsecond in which the article was begun is a sign that lasts.
    """
    slug, ref = record.words.slug, record.import_ref
    sign = Q(slug=slug) | Q(import_ref=ref) if ref else Q(slug=slug)
    is_named = Article.objects.filter(sign).exists()
    if not is_named and not Redirect.objects.filter(old_path=path_of_slug(slug)).exists():
        return None
    # Where an article came from is a surer sign than its address.
    for known in sorted(_named(sign), key=lambda article: article.import_ref != ref):
        if _is_same_essay(known, record):
            return known
    return _named(Q(created_at=record.created_at, title=record.words.title)).first()


def _named(sign: Q) -> ArticleQuerySet:
    return with_relations(Article.objects.filter(sign))


def _is_same_essay(article: Article, record: ArticleRecord) -> bool:
    words = record.words
    if article.created_at == record.created_at or article.title == words.title:
        return True
    return not _lines_of(article.body).isdisjoint(_lines_of(words.body))


def _lines_of(body: str) -> set[str]:
    return {line.strip() for line in body.splitlines() if line.strip()}


def _compared(
    article: Article, record: ArticleRecord, may_overwrite: MayOverwrite | None, *, dry_run: bool
) -> Outcome:
    """Leave the article as it is, or let the export's words win; its states stay in any case."""
    here = words_of(article)
    words = replace(record.words, slug=here.slug)
    changed = [name for name in Words.__slots__ if getattr(words, name) != getattr(here, name)]
    if not changed:
        return Outcome("unchanged", article)
    if article.pending_id is not None:
        return Outcome("unchanged", article, [WAITING])
    both = {name: (getattr(here, name), getattr(words, name)) for name in changed}
    edits = DeskEdits(record.words.slug, article.title, both)
    if may_overwrite is None or not may_overwrite(edits):
        how = (
            "--update shows it and asks"
            if may_overwrite is None
            else "--overwrite-edits overwrites"
        )
        what = ", ".join(changed)
        return Outcome("unchanged", article, [f"{what}: not as in the export, kept ({how})"])
    outcome = Outcome("updated", article)
    if not dry_run:
        _overwrite(article, here, words, outcome.warnings)
    return outcome


@transaction.atomic
def _overwrite(article: Article, here: Words, words: Words, warnings: list[str]) -> None:
    article = editing.locked(article.pk)
    if article.pending_id is not None or words_of(article) != here:
        raise ImportFailure("somebody saves it at the desk; import again")
    editing.keep_before_change(article)
    _rewrite(article, _content(words, article, warnings))
    editing.keep(article, RevisionKind.IMPORTED, content_of(article), _ACTOR)


@transaction.atomic
def _create(record: ArticleRecord, pending: PendingRecord | None, warnings: list[str]) -> Article:
    article = Article(**{name: getattr(record, name) for name in _STATES})
    ref = record.import_ref
    if ref and not Article.objects.filter(import_ref=ref).exists():
        article.import_ref = ref
    article.import_fingerprints = dict(record.import_fingerprints)
    slug = record.words.slug
    if article.slug_is_taken(slug):
        warnings.append(f"the address {slug!r} is taken, another one was made")
        slug = ""
    content = _content(replace(record.words, slug=slug), article, warnings)
    _refuse_unfit(article, content)
    lay_over(article, content)
    article.translation_of = _original(record, article, warnings)
    # A number without a series, which importers leave behind and the desk takes away.
    article.episode = content["episode"]
    article.save()
    StaleText.objects.mark([article.pk])
    names = Names()
    names.relate(article, authors_of(content), map(names.tag, content["tags"]))
    names.store_relations()
    if pending is not None:
        _let_wait(pending, article, warnings)
    return article


def _original(record: ArticleRecord, article: Article, warnings: list[str]) -> Article | None:
    """Return the article that this one translates, if both can stand here as that."""
    if not record.translation_of:
        return None
    original = Article.objects.filter(slug=record.translation_of).first()
    article.translation_of = original
    if original and not article.translation_fault() and not _is_translated(original, article):
        return original
    warnings.append(f"it cannot be a translation of {record.translation_of!r} here, left alone")
    return None


def _is_translated(original: Article, article: Article) -> bool:
    return original.translations.filter(language=article.language).exists()


def _rewrite(article: Article, content: Content) -> None:
    write(article, content)
    if article.episode != content["episode"]:
        article.episode = content["episode"]
        article.save(update_fields=["episode"])


def _refuse_unfit(article: Article, content: Content) -> None:
    """Raise ValidationError for what the columns do not hold, on a copy that is never stored."""
    unfit = Article(**{name: getattr(article, name) for name in _STATES})
    texts = {name: text for name, text in content.items() if isinstance(text, str)}
    for name, text in texts.items():
        setattr(unfit, name, text)
    unfit.import_ref = article.import_ref
    # What an importer once took for an address need not be what a form takes for one.
    others = {"canonical_url", "category", "series", "lead_image", "owner", "pending"}
    others |= {"translation_of"}
    unfit.clean_fields(exclude=others)
    address = content["canonical_url"]
    if address and (not address.startswith(_ADDRESSES) or len(address) > 500):
        raise ImportFailure("`canonical_url` is not a web address")


def _content(words: Words, article: Article, warnings: list[str]) -> Content:
    """Return the words with our numbers in the place of names; what is missing is made."""
    lines = (*words.summary, "", "", "")
    image = picture_named(words.lead_image)
    if words.lead_image and image is None:
        warnings.append(f"the picture {words.lead_image} is not here, left out")
    names = Names()
    category = names.category(words.category)
    series, episode = _place_in_series(words, article, warnings)
    return {
        "title": words.title,
        "dek": words.dek,
        **{f"summary_{number}": lines[number - 1] for number in (1, 2, 3)},
        "body": words.body,
        "lead_image_alt": words.lead_image_alt,
        "lead_image_caption": words.lead_image_caption,
        "lead_image_credit": words.lead_image_credit,
        "slug": words.slug,
        "canonical_url": words.canonical_url,
        "category": category.pk if category else None,
        "series": series.pk if series else None,
        "lead_image": image.pk if image else None,
        "episode": episode,
        "authors": [names.author(name).pk for name in words.authors],
        "tags": sorted(set(words.tags)),
    }


def _place_in_series(
    words: Words, article: Article, warnings: list[str]
) -> tuple[Series | None, int | None]:
    title, episode = words.series, words.episode
    if not title:
        return None, episode
    series = Names().series(title)
    if series.articles.exclude(pk=article.pk).filter(episode=episode).exists():
        warnings.append(f"episode {episode} of {title!r} is taken, left out of the series")
        return None, episode
    return series, episode


def _let_wait(record: PendingRecord, article: Article, warnings: list[str]) -> None:
    """Let a version wait for publication, as the second of the history that begins here."""
    baseline = editing.keep(article, RevisionKind.BASELINE, content_of(article), _ACTOR)
    content = _content(record.words, article, warnings)
    article.pending = Revision.objects.create(
        article=article,
        number=baseline.number + 1,
        kind=record.kind,
        content=content,
        digest=digest_of(content),
        author_name=record.author_name[:100],
        note=record.note[:300],
        saved_at=record.saved_at,
    )
    article.save(update_fields=["pending"])
    editing.protect_pictures(article)


def in_state(record: ArticleRecord, status: str) -> ArticleRecord:
    """Return the record as the operator wants new articles to be; "source" leaves it."""
    if status == "source":
        return record
    if status == "published":
        at = record.published_at or record.updated_at
        return replace(record, status=Status.PUBLISHED, published_at=at)
    return replace(record, status=Status.DRAFT)
