"""What every source parser returns, whatever the source looked like."""

from dataclasses import dataclass
from datetime import datetime


class ImportFailure(ValueError):  # noqa: N818 - part of the public API
    """The document cannot be imported; the message is one English line saying what is wrong."""


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
    `published_at` is aware; times without a zone and bare dates are Asia/Seoul. `status` is
    "draft", "published", or "" when the source does not say. `lead_image` is a reference like
    those of `images`; `image_root` is Typora's `typora-root-url` as written. `old_paths` are site
    paths that should redirect here. `warnings` are short English phrases about findings that a
    person should check.
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
    canonical_url: str = ""
    lead_image: str = ""
    lead_alt: str = ""
    lead_caption: str = ""
    lead_credit: str = ""
    images: tuple[ImportedImage, ...] = ()
    image_root: str = ""
    old_paths: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
