"""What every source parser returns, whatever the source looked like."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

# What a comment's `import_ref` holds; an article's holds more.
MAX_REF_LENGTH = 200


class ImportFailure(ValueError):  # noqa: N818 - part of the public API
    """The document cannot be imported; the message is one English line saying what is wrong."""


class BrokenExportError(ImportFailure):
    """The file cannot be read on from a line; the message is one English line."""

    def __init__(self, line: int, problem: str) -> None:
        super().__init__(problem)
        self.line = line


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """An image used in the body; `reference` is its target exactly as it stands there."""

    reference: str
    caption: str = ""
    alt: str = ""


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """One article read from a source document, before anything is stored.

    `slug` is set only when the source names one. `summary` holds at most three lines.
    `published_at` is aware; times without a zone and bare dates are Asia/Seoul. `language` is a tag of
    `articles.languages`, or "" when the source does not say. `status` is
    "draft", "in_review", "published", or "" when the source does not say; `is_withheld` is whether
    the source kept it from readers, so that importing must not publish it. `lead_image` is a reference like
    those of `images`; `image_root` is Typora's `typora-root-url` as written. `site` is the address of the
    site it is from, where that is known; its pictures may lie beside the document, and links to it
    may lead to articles. `old_paths` are site paths that should redirect here. `warnings` are short
    English phrases about findings that a person should check; `guessed` names the fields above that
    were inferred from the look of the document, because it does not state them.
    """

    title: str
    body: str
    slug: str = ""
    dek: str = ""
    summary: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    category: str = ""
    tags: tuple[str, ...] = ()
    series: str = ""
    episode: int | None = None
    published_at: datetime | None = None
    status: str = ""
    is_withheld: bool = False
    canonical_url: str = ""
    language: str = ""
    lead_image: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    images: tuple[ImportedImage, ...] = ()
    image_root: str = ""
    site: str = ""
    old_paths: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    guessed: frozenset[str] = frozenset()


def lasting_ref(*parts: str) -> str:
    """Join the parts of an identity, which must fit its column however long a host is."""
    ref = ":".join(parts)
    if len(ref) <= MAX_REF_LENGTH:
        return ref
    digest = hashlib.blake2b(ref.encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"{ref[: MAX_REF_LENGTH - len(digest) - 1]}~{digest}"
