"""Read Markdown documents: posts of Jekyll, Hugo and Hexo, notes, and our own export."""

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePosixPath

from articles.importing import kramdown_blocks, markdown_body, mdx, notion
from articles.importing.admonitions import with_admonitions
from articles.importing.article_links import with_document_paths
from articles.importing.blogs import Blog, blog_around, note_named
from articles.importing.dates import ImpossibleDateError, read_date
from articles.importing.decoding import decode
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.front_matter import FrontMatter, split_front_matter
from articles.importing.front_matter_reader import FrontMatterReader
from articles.importing.image_links import find_images, rewrite_image_references, with_clean_targets
from articles.importing.liquid import resolve_liquid
from articles.importing.metadata import Metadata, read_metadata
from articles.importing.obsidian import without_wiki_marks
from articles.importing.permalinks import Post, former_paths, path_categories
from articles.importing.sources import Folder

# Front matter `generator: Pildam` means that our export wrote the document: its body is exact.
OWN_GENERATOR = "pildam"

MAX_LINES = 100_000
# Twice what an article can hold in bytes: comments and Liquid may still go.
MAX_CHARACTERS = 1_000_000

_JEKYLL_NAME = re.compile(r"(?P<date>\d{4}-\d{1,2}-\d{1,2})-(?P<slug>.+)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(slots=True)
class _Content:
    """What the text after the front matter gives."""

    body: str
    title: str = ""
    summary: tuple[str, ...] = ()


def parse_markdown(data: bytes, name: str, folder: Folder | None = None) -> ImportedArticle:
    """Return the article in the Markdown document `data`; `name` is its path or file name.

    `folder` is where that path leads; its blog's configuration completes what the document says.
    Raises ImportFailure when it cannot be decoded, its front matter is broken, or it is empty.
    """
    text = decode(data)
    if text.count("\n") > MAX_LINES:
        raise ImportFailure(f"the document has more than {MAX_LINES} lines")
    matter = split_front_matter(text)
    if len(matter.body) > MAX_CHARACTERS:
        raise ImportFailure(f"the text is longer than {MAX_CHARACTERS:,} characters")
    path = PurePosixPath(name.replace("\\", "/"))
    document = _Document(matter, path, blog_around(folder, name), folder)
    fields = document.fields
    content = _exact(matter) if _is_own(matter) else _translated(document)
    if not fields.title and not content.title and not content.body:
        raise ImportFailure("the document has neither a title nor a body")
    if not content.body:
        fields.warnings.append("the body is empty")
    return ImportedArticle(
        title=fields.title or content.title or _title_of(path, fields),
        body=content.body,
        slug=fields.slug,
        dek=fields.dek,
        summary=fields.summary or content.summary,
        authors=document.blog.author_names(fields.authors),
        category=fields.category,
        tags=fields.tags,
        series=fields.series,
        episode=fields.episode,
        published_at=fields.published_at,
        status=fields.status,
        is_withheld=fields.is_withheld,
        canonical_url=fields.canonical_url,
        language=fields.language,
        lead_image=document.lead_image(),
        lead_alt=fields.lead_alt,
        lead_caption=fields.lead_caption,
        lead_credit=fields.lead_credit,
        images=find_images(content.body),
        image_root=fields.image_root,
        site=document.blog.url,
        old_paths=document.old_paths(),
        warnings=tuple(fields.warnings),
        guessed=frozenset(fields.guessed),
    )


class _Document:
    """A document's front matter, read in the light of where it lies."""

    def __init__(
        self, matter: FrontMatter, path: PurePosixPath, blog: Blog, folder: Folder | None
    ) -> None:
        self.matter = matter
        self.path = path
        self.blog = blog
        self.folder = folder
        self.values: Mapping[str, object] = matter.values
        self.body = matter.body
        if blog.kind == "jekyll":
            self.values = blog.defaults_for(blog.path_of(str(path))) | matter.values
        if not matter.present and notion.title_of_file(path.stem):
            self.values, self.body = notion.take_properties(matter.body)
        self.fields = read_metadata(self.values)
        self.fields.warnings[:0] = matter.warnings
        self._apply_path()

    def _apply_path(self) -> None:
        """Fill in what a document's path tells, where the front matter does not."""
        fields, path = self.fields, self.path
        if "_drafts" in path.parts:
            fields.status, fields.is_withheld = "draft", True
        if (
            self.blog.kind == "jekyll"
            and not {"category", "categories"} & self.matter.values.keys()
        ):
            told = path_categories(self.blog.path_of(str(path)))
            fields.category = told[0] if told else fields.category
        stem = path.stem
        if stem == "index" and len(path.parts) > 2 and self.matter.present:
            # A bundle: the folder around it has the name, and its pictures.
            stem = path.parent.name
            fields.slug = fields.slug or _undated(stem)
        match = _JEKYLL_NAME.fullmatch(stem)
        if match is not None:
            fields.slug = fields.slug or match["slug"]
            if fields.published_at is None:
                try:
                    fields.published_at = read_date(match["date"])
                except ImpossibleDateError as error:
                    fields.warnings.append(f"file name: {error}")
        elif _DAY.fullmatch(stem) and fields.published_at is None:
            # A note of a day.
            with suppress(ImpossibleDateError):
                fields.published_at = read_date(stem)
        elif self.blog.kind in ("hexo", "hugo") and not fields.slug:
            fields.slug = stem
        if fields.published_at is None and fields.changed_at is not None:
            fields.published_at = fields.changed_at
            fields.guessed.add("published_at")
            fields.warnings.append("no date found; that of the last change was taken")
        self._infer_status()

    def _infer_status(self) -> None:
        """Tell the status of what says none: generators publish that, once it has a date."""
        fields, kind = self.fields, self.blog.kind
        is_post = self.matter.present and (kind != "" or "_posts" in self.path.parts)
        if fields.status or not is_post:
            return
        if fields.published_at is not None:
            fields.status = "published"
        elif kind != "checkout":
            fields.warnings.append("no date found, so it is a draft unless it is to be published")

    def lead_image(self) -> str:
        shown = resolve_liquid(self.fields.lead_image, self.values, self.blog.settings).text
        return self.blog.picture_path(shown) or shown

    def old_paths(self) -> tuple[str, ...]:
        fields = self.fields
        post = Post(
            name=str(self.path),
            title=fields.title,
            slug=FrontMatterReader(self.values).text("slug"),
            permalink=fields.permalink if ":" in fields.permalink else "",
            categories=fields.categories,
            moment=fields.published_at,
        )
        # A permalink of its own is the only address that a post had.
        is_named = fields.permalink and ":" not in fields.permalink
        former = () if is_named else former_paths(post, self.blog)
        return tuple(dict.fromkeys([*fields.old_paths, *former]))


def _is_own(matter: FrontMatter) -> bool:
    generator = matter.values.get("generator")
    return isinstance(generator, str) and generator.lower().startswith(OWN_GENERATOR)


def _exact(matter: FrontMatter) -> _Content:
    return _Content(matter.body.lstrip("\n").rstrip("\n"))


def _translated(document: _Document) -> _Content:
    """Return the content in this site's Markdown; adds warnings to the document's fields."""
    fields, body, name = document.fields, document.body, str(document.path)
    # Jekyll reads Liquid only below front matter; elsewhere braces are the author's own, or MDX's.
    if document.matter.present and document.path.suffix != ".mdx":
        liquid = resolve_liquid(body, document.values, document.blog.settings)
        body = kramdown_blocks.with_definitions(liquid.text)
        fields.warnings += liquid.warnings
    body, has_abbreviations = kramdown_blocks.without_abbreviations(body)
    if has_abbreviations:
        fields.warnings.append("the explanations of abbreviations are left out")
    if document.path.suffix == ".mdx":
        body, warnings = mdx.without_components(body)
        fields.warnings += warnings
    body = without_wiki_marks(
        markdown_body.clean_body(with_admonitions(body)),
        lambda target: note_named(document.folder, target, name),
        fields.warnings.append,
    )
    body = with_document_paths(body, name)
    title = ""
    if fields.title:
        body = markdown_body.without_leading_title(body, fields.title)
    else:
        title, body = markdown_body.take_title(body)
    summary: tuple[str, ...] = ()
    if not fields.summary:
        summary, body = markdown_body.lift_summary(body)
    return _Content(_with_own_pictures(with_clean_targets(body), document.blog), title, summary)


def _with_own_pictures(body: str, blog: Blog) -> str:
    """Return the body with the pictures of its own blog by their paths in it."""
    if not blog.url and not blog.base_path:
        return body
    references = [image.reference for image in find_images(body)]
    paths = {each: path for each in references if (path := blog.picture_path(each))}
    return rewrite_image_references(body, paths) if paths else body


def _undated(stem: str) -> str:
    match = _JEKYLL_NAME.fullmatch(stem)
    return match["slug"] if match else stem


def _title_of(path: PurePosixPath, fields: Metadata) -> str:
    """Return the title that the file's name gives: a note's own, a guess for anything else."""
    stem = path.parent.name if path.stem == "index" and path.parent.name else path.stem
    title = notion.title_of_file(stem)
    if title is None:
        is_phrase = " " in stem or _DAY.fullmatch(stem)
        title = re.sub(r"[\s_]+" if is_phrase else r"[\s_-]+", " ", _undated(stem)).strip()
    title = title or "제목 없음"
    fields.guessed.add("title")
    fields.warnings.append(f"title taken from the file name: {title}")
    return title
