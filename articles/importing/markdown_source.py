"""Read Markdown documents: Jekyll posts, Typora notes and our own export."""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from articles.importing import markdown_body
from articles.importing.dates import ImpossibleDateError, read_date
from articles.importing.decoding import decode
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.front_matter import FrontMatter, split_front_matter
from articles.importing.image_links import find_images, with_clean_targets
from articles.importing.liquid import resolve_liquid
from articles.importing.metadata import Metadata, read_metadata
from articles.importing.obsidian import without_wiki_marks

# Front matter `generator: Pildam` means that our export wrote the document: its body is exact.
OWN_GENERATOR = "pildam"

MAX_LINES = 100_000

_JEKYLL_NAME = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")


@dataclass(slots=True)
class _Content:
    """What the text after the front matter gives."""

    body: str
    title: str = ""
    summary: tuple[str, ...] = ()


def parse_markdown(data: bytes, name: str) -> ImportedArticle:
    """Return the article in the Markdown document `data`; `name` is its path or file name.

    Raises ImportFailure when it cannot be decoded, its front matter is broken, or it is empty.
    """
    text = decode(data)
    if text.count("\n") > MAX_LINES:
        raise ImportFailure(f"the document has more than {MAX_LINES} lines")
    matter = split_front_matter(text)
    fields = read_metadata(matter.values)
    _apply_file_name(fields, name)
    content = _exact(matter) if _is_own(matter) else _translated(matter, fields)
    if not fields.title and not content.title and not content.body:
        raise ImportFailure("the document has neither a title nor a body")
    if not content.body:
        fields.warnings.append("the body is empty")
    return ImportedArticle(
        title=fields.title or content.title or _title_of(name, fields),
        body=content.body,
        slug=fields.slug,
        dek=fields.dek,
        summary=fields.summary or content.summary,
        authors=fields.authors,
        category=fields.category,
        tags=fields.tags,
        series=fields.series,
        episode=fields.episode,
        published_at=fields.published_at,
        status=fields.status,
        canonical_url=fields.canonical_url,
        lead_image=resolve_liquid(fields.lead_image).text,
        lead_alt=fields.lead_alt,
        lead_caption=fields.lead_caption,
        lead_credit=fields.lead_credit,
        images=find_images(content.body),
        image_root=fields.image_root,
        old_paths=fields.old_paths,
        warnings=tuple(fields.warnings),
    )


def _is_own(matter: FrontMatter) -> bool:
    generator = matter.values.get("generator")
    return isinstance(generator, str) and generator.lower().startswith(OWN_GENERATOR)


def _exact(matter: FrontMatter) -> _Content:
    return _Content(matter.body.lstrip("\n").rstrip("\n"))


def _translated(matter: FrontMatter, fields: Metadata) -> _Content:
    """Return the content in this site's Markdown; adds warnings to `fields`."""
    body = matter.body
    # Jekyll reads Liquid only below front matter; elsewhere braces are the author's own.
    if matter.present:
        liquid = resolve_liquid(body)
        body = liquid.text
        fields.warnings += liquid.warnings
    body = without_wiki_marks(markdown_body.clean_body(body))
    title = ""
    if fields.title:
        body = markdown_body.without_leading_title(body, fields.title)
    else:
        title, body = markdown_body.take_title(body)
    summary: tuple[str, ...] = ()
    if not fields.summary:
        summary, body = markdown_body.lift_summary(body)
    return _Content(with_clean_targets(body), title, summary)


def _apply_file_name(fields: Metadata, name: str) -> None:
    """Fill in what Jekyll tells by a document's path, where the front matter does not."""
    path = PurePosixPath(name.replace("\\", "/"))
    if "_drafts" in path.parts:
        fields.status = "draft"
    match = _JEKYLL_NAME.fullmatch(path.stem)
    if match is None:
        return
    fields.slug = fields.slug or match["slug"]
    if fields.published_at is None:
        try:
            fields.published_at = read_date(match["date"])
        except ImpossibleDateError as error:
            fields.warnings.append(f"file name: {error}")


def _title_of(name: str, fields: Metadata) -> str:
    stem = PurePosixPath(name.replace("\\", "/")).stem
    match = _JEKYLL_NAME.fullmatch(stem)
    title = re.sub(r"[\s_-]+", " ", match["slug"] if match else stem).strip() or "제목 없음"
    fields.warnings.append(f"title taken from the file name: {title}")
    return title
