"""One post or page of a Ghost export as an article."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.ghost_content import markdown_of, mended_link, mended_picture
from articles.importing.ghost_index import Index
from articles.importing.ghost_records import is_set, moment_in, text_in
from articles.importing.html_tree import text_of
from articles.importing.image_links import find_images
from articles.importing.markdown_body import plain_text
from articles.text import normalised, one_line

_MAX_PATH_LENGTH = 500
_MAX_TITLE = 40
_NO_TITLE = "제목 없음"
# What Ghost calls a post that was never given a title.
UNTITLED = "(Untitled)"
_PUBLISHED = frozenset(["published", "scheduled"])
_SIGN = re.compile(r":(\w+)")
_LINK = re.compile(r"\]\(<?(/[^\s()<>\"]{1,300})")
_INJECTED = {"codeinjection_head": "head", "codeinjection_foot": "foot"}


def article_of(post: dict[str, Any], index: Index) -> ImportedArticle:
    """Return the article that the post becomes; raises ImportFailure for one that becomes none."""
    body, warnings = markdown_of(post)
    title = _title(post)
    if not title and not body:
        raise ImportFailure("it has neither a title nor a text")
    if not body:
        warnings.append("the body is empty")
    if "\ufffd" in title + body:
        warnings.append("some letters are damaged in the file (\ufffd)")
    tags = [tag.name for tag in index.tags(post) if tag.name and not tag.is_internal]
    moment = moment_in(post, "published_at")
    status, is_withheld = _status(post, index, moment, warnings)
    was_published = text_in(post, "status") in (*_PUBLISHED, "sent")
    lead = mended_picture(text_in(post, "feature_image", "image"))
    meta = {**index.meta(post), **{key: value for key, value in post.items() if value}}
    warnings += [*_left_out(post), *_lost_links(body, index)]
    return ImportedArticle(
        title=title or _title_from(body, warnings),
        body=body,
        slug=_slug(post),
        dek=one_line(text_in(post, "custom_excerpt")),
        authors=tuple(filter(None, dict.fromkeys(index.authors(post)))),
        category=tags[0] if tags else "",
        tags=tuple(dict.fromkeys(tags)),
        published_at=(moment or moment_in(post, "created_at")) if was_published else None,
        status=status,
        is_withheld=is_withheld,
        canonical_url=_canonical(post),
        lead_image=lead,
        lead_alt=one_line(text_in(meta, "feature_image_alt")) if lead else "",
        lead_caption=text_of(text_in(meta, "feature_image_caption")) if lead else "",
        images=find_images(body),
        old_paths=_old_paths(post, index, moment, tags),
        site=index.site,
        warnings=tuple(warnings),
    )


def is_page(post: dict[str, Any]) -> bool:
    """Whether it is a page, not a post: Ghost 3 and later have a type, older ones a yes or no."""
    return text_in(post, "type") == "page" or is_set(post, "page")


def _slug(post: dict[str, Any]) -> str:
    return normalised(unquote(text_in(post, "slug").strip(), errors="ignore"))


def _title(post: dict[str, Any]) -> str:
    title = one_line(text_in(post, "title"))
    return "" if title == UNTITLED else title


def _title_from(body: str, warnings: list[str]) -> str:
    """Return the text's first words."""
    line = next((plain_text(line.lstrip("#>*-— ")) for line in body.splitlines() if line), "")
    title = line if len(line) <= _MAX_TITLE else line[:_MAX_TITLE].rpartition(" ")[0] + "…"
    title = (title.strip("… ") and title) or _NO_TITLE
    warnings.append(f"it has no title; called by its first words: {title}")
    return title


def _status(
    post: dict[str, Any], index: Index, moment: datetime | None, warnings: list[str]
) -> tuple[str, bool]:
    """Return the article's status, and whether it must not be published by whoever imports it."""
    status = text_in(post, "status").lower() or "draft"
    visibility = text_in(post, "visibility").lower() or "public"
    if status == "sent" or (is_set(index.meta(post), "email_only") and status != "draft"):
        warnings.append("it was only sent by e-mail, so it is a draft")
        return "draft", True
    if status in _PUBLISHED and visibility != "public":
        warnings.append(f"only members could read it ({visibility[:30]}), so it is a draft")
        return "draft", True
    if status == "scheduled" and moment is None:
        warnings.append("it was scheduled for a time that cannot be read, so it is a draft")
        return "draft", True
    if status in _PUBLISHED:
        return "published", False
    if status != "draft":
        warnings.append(f"it was of the status {status[:30]!r}, so it is a draft")
    return "draft", True


def _canonical(post: dict[str, Any]) -> str:
    """Return the address that the post names as its first one; one of the old site is none."""
    address = mended_link(text_in(post, "canonical_url"))
    return "" if address.startswith("/") else address


def _left_out(post: dict[str, Any]) -> list[str]:
    """Name what a post has besides its text, and an article has not."""
    found = [
        f"left out: code injected into its {place}"
        for name, place in _INJECTED.items()
        if text_in(post, name)
    ]
    if template := text_in(post, "custom_template"):
        found.append(f"left out: the template {template[:60]}")
    return found


def _lost_links(body: str, index: Index) -> list[str]:
    """Name links to the old site itself that lead to no post of the export."""
    lost: dict[str, None] = {}
    pictures = {image.reference for image in find_images(body)}
    for match in _LINK.finditer(body):
        path = unquote(urlsplit(match[1]).path) if "//" not in match[1][:2] else ""
        slug = path.rstrip("/").rpartition("/")[2]
        if path not in ("", "/") and match[1] not in pictures and slug not in index.slugs:
            lost[f"a link to the old site leads to no post of the export: {match[1][:200]}"] = None
    return list(lost)


def _old_paths(
    post: dict[str, Any], index: Index, moment: datetime | None, tags: list[str]
) -> tuple[str, ...]:
    """Return the addresses that the post answered at."""
    slug = _slug(post)
    if not slug:
        return ()
    root = urlsplit(index.site).path.rstrip("/")
    paths = [] if is_page(post) else [_permalink(post, index, moment, slug)]
    paths.append(f"/{slug}/")
    kept = (f"{root}{path}" for path in paths if path and "\0" not in path)
    return tuple(dict.fromkeys(path for path in kept if len(path) <= _MAX_PATH_LENGTH))


def _permalink(post: dict[str, Any], index: Index, moment: datetime | None, slug: str) -> str:
    """Return the address as Ghost 0.x and 1 let one choose it, "" where something is not known."""
    local = moment.astimezone(index.zone) if moment else None
    known = {"slug": slug, "id": text_in(post, "id")}
    if local:
        known |= {"year": f"{local:%Y}", "month": f"{local:%m}", "day": f"{local:%d}"}
    if not set(_SIGN.findall(index.permalink)) <= set(known):
        return ""
    return _SIGN.sub(lambda match: known[match[1]], index.permalink)
