"""Read pages saved from the web as HTML: newspapers, blogs, and whatever else holds an essay."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from lxml.html import HtmlElement

from articles.importing.bylines import without_dateline
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.image_links import find_images
from articles.importing.pages.body import Body, read_body
from articles.importing.pages.document import read_tree
from articles.importing.pages.elements import text_of
from articles.importing.pages.facts import PageFacts
from articles.importing.pages.lead import settle_lead
from articles.importing.pages.metadata import path_of, read_head
from articles.importing.pages.page import Page
from articles.importing.pages.platforms import read_excerpt
from articles.importing.pages.series import guess_series
from articles.importing.pages.visible import read_surroundings

_LEAST_TEXT = 80
_MAX_DEK = 300
_LEAST_SENTENCE = 12
_SHELLS = frozenset(["root", "app", "__next", "__nuxt", "gatsby-focus-wrapper", "svelte"])
_LOGIN = re.compile(r"로그인|sign ?in|log ?in", re.IGNORECASE)


def parse_page(data: bytes, name: str) -> ImportedArticle:
    """Return the article on the HTML page `data`; `name` is its path or file name.

    Raises ImportFailure when it cannot be decoded or holds no running text.
    """
    tree = read_tree(data)
    facts = read_head(tree)
    page = Page.of(tree, facts)
    read = read_excerpt(page)
    if read is None:
        raise ImportFailure(_why_there_is_none(tree))
    platform, excerpt = read
    facts.override(excerpt.facts)
    read_surroundings(tree, excerpt.bodies, facts)
    body = read_body(excerpt.bodies, facts, is_exact=excerpt.is_exact)
    settle_lead(tree, (image.reference for image in find_images(body.markdown)), facts)
    _complete(facts, body, name)
    if platform.is_writers_own and not facts.old_paths:
        path = path_of(facts.canonical_url or facts.address) or platform.path_in(name)
        facts.old_paths = (path,) if path else ()
    # A newspaper's other pages are nobody's to bring, so that links to them are no loss.
    return _article(facts, body, site=facts.address if platform.is_writers_own else "")


def _why_there_is_none(tree: HtmlElement) -> str:
    text = text_of(tree)
    scripts = sum(1 for _ in tree.iter("script"))
    has_shell = any(each.get("id") in _SHELLS for each in tree.iter("div"))
    if len(text) < 2 * _LEAST_TEXT and (has_shell or scripts):
        return "the page builds its text by scripts, so the saved file holds none; save it from the browser"
    if len(text) < 10 * _LEAST_TEXT and _LOGIN.search(text):
        return "no article text was found on the page; it asks to sign in"
    return "no article text was found on the page"


def _complete(facts: PageFacts, body: Body, name: str) -> None:
    """Add what the text told at its edges, and drop what only repeats it."""
    facts.guess("authors", body.authors)
    facts.guess("tags", body.tags)
    facts.guess("summary", body.summary)
    guess_series(facts)
    if "dek" in facts.guessed and _repeats(facts.dek, facts.title, body.text):
        facts.dek = ""
        facts.guessed.discard("dek")
    if not facts.title:
        stem = PurePosixPath(name.replace("\\", "/")).stem
        facts.guess("title", re.sub(r"[\s_-]+", " ", stem).strip() or "제목 없음")
        facts.warnings.append(
            f"no title found on the page; taken from the file name: {facts.title}"
        )
    facts.warnings += body.warnings
    if facts.published_at is None:
        facts.warnings.append("no date found")


def _repeats(dek: str, title: str, text: str) -> bool:
    """Whether a description is the title, or the beginning of the text."""
    plain = re.sub(r"\W", "", without_dateline(dek)[0])
    beginning = plain[: max(20, len(plain) // 2)]
    sentence = re.sub(r"\W", "", re.split(r"(?<=[.!?])\s", dek, maxsplit=1)[0])
    told = re.sub(r"\W", "", f"{title} {text}")
    if dek.startswith(title) and re.match(r"[\s,|·-]*$|\s*[,|·]", dek[len(title) :]):
        return True
    is_told = beginning in told or (len(sentence) >= _LEAST_SENTENCE and sentence in told)
    return len(dek) > _MAX_DEK or is_told


def _article(facts: PageFacts, body: Body, *, site: str) -> ImportedArticle:
    return ImportedArticle(
        title=facts.title,
        body=body.markdown,
        dek=facts.dek,
        summary=facts.summary,
        authors=facts.authors,
        category=facts.category,
        tags=facts.tags,
        series=facts.series,
        episode=facts.episode,
        published_at=facts.published_at,
        canonical_url=facts.canonical_url,
        lead_image=facts.lead_image,
        lead_alt=facts.lead_alt,
        lead_caption=facts.lead_caption,
        images=find_images(body.markdown),
        site=site,
        old_paths=facts.old_paths,
        warnings=tuple(dict.fromkeys(facts.warnings)),
        guessed=frozenset(facts.guessed),
    )
