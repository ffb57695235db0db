"""What stands within an article's element and is none of its text."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from articles.importing import page_noise
from articles.importing.pages.elements import drop, drop_all, is_element, one_line, text_of

_NEVER = frozenset(
    [
        "script",
        "style",
        "template",
        "link",
        "meta",
        "input",
        "button",
        "select",
        "textarea",
        "svg",
        "canvas",
        "nav",
        "dialog",
        "object",
        "embed",
    ]
)
_WORDS = frozenset(
    [
        "share",
        "shares",
        "sharing",
        "sharedaddy",
        "sns",
        "social",
        "addthis",
        "addtoany",
        "related",
        "relates",
        "relation",
        "relnews",
        "relative",
        "recommend",
        "recommended",
        "recommends",
        "recommendation",
        "popular",
        "ranking",
        "rank",
        "banner",
        "ad",
        "ads",
        "adv",
        "advert",
        "advertise",
        "advertisement",
        "advertising",
        "adsbygoogle",
        "adsense",
        "adbox",
        "adarea",
        "taboola",
        "dable",
        "outbrain",
        "comment",
        "comments",
        "reply",
        "replies",
        "disqus",
        "utterances",
        "giscus",
        "newsletter",
        "subscribe",
        "subscription",
        "copyright",
        "reporter",
        "reporters",
        "journalist",
        "byline",
        "toolbar",
        "fontsize",
        "print",
        "scrap",
        "toc",
        "prev",
        "next",
        "pagination",
        "pager",
        "navigation",
        "breadcrumb",
        "breadcrumbs",
        "tags",
        "taglist",
        "taxonomy",
        "like",
        "likes",
        "btn",
        "btns",
        "button",
        "buttons",
        "sponsor",
        "sponsored",
        "promo",
        "promotion",
        "license",
        "properties",
        "navigator",
        "sidebar",
        "tooltip",
        "rating",
        "feedback",
        "likeit",
        "sympathy",
        "postnavi",
        "jetpack",
        "hashtag",
        "hashtags",
        "yarpp",
        "reaction",
        "reactions",
        "tts",
        "audio-player",
        "follow",
        "donation",
        "donate",
        "footer",
        "permalink",
        "headerlink",
        "anchorjs",
        "editors",
        "writerinfo",
        "jp",
        "revenue",
        "container_postbtn",
        "another_category",
        "speechify-ignore",
    ]
)
_UNSEEN = frozenset(
    [
        "sr-only",
        "screen_out",
        "blind",
        "visually-hidden",
        "hidden",
        "hide",
        "a11y-hidden",
        "screen-reader-text",
        "u-hidden",
    ]
)
# Names of hidden labels, which themes that shorten their names may give to anything.
_UNSEEN_LABELS = frozenset(["ir", "ir_wa", "skip"])
_LABELS = frozenset(["span", "em", "strong", "a", "i", "b"])
_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_EDGES = frozenset(["header", "footer"])
_CODE = frozenset(["pre", "code"])
# Editors' own marks for parts of a text.
_CONTENT = re.compile(
    r"^(?:wp-block-|kg-|se-|has-|is-|align|notion-|footnote|reversefootnote|imageblock|fileblock)"
)
_SHOWN = ("img", "iframe", "video", "audio", "input", "noscript")
_BUTTON_FRAME = re.compile(
    r"facebook\.com/(?:v[\d.]+/)?plugins/(?:like|share|follow|likebox|page)|platform\.twitter\.com/widgets/"
    r"(?:tweet_button|follow_button)|plusone|doubleclick|googlesyndication|adservice|criteo|/ad(?:s|vert)?[/._-]",
    re.IGNORECASE,
)
_MARK = re.compile(r"[¶#§🔗]?")


def remove_noise(body: HtmlElement) -> None:
    """Take out scripts, what is hidden, and what its name says is of the page's frame."""
    drop_all(element for element in body.iter(*_NEVER) if not _is_kept(element))
    drop_all(element for element in body.iter() if element is not body and not is_element(element))
    drop_all(each for each in body.iter("a") if is_anchor(each))
    drop_all(each for each in body.iter("iframe") if _BUTTON_FRAME.search(each.get("src") or ""))
    drop_all(each for each in body.iter("li", "table") if not _shows(each))
    lengths = _lengths(body)
    whole = lengths[body]
    pending = list(body)
    while pending:
        element = pending.pop()
        if element.tag in _CODE:
            continue
        is_frame = element.tag in _EDGES or _is_framing(element)
        if is_unseen(element) or (is_frame and 2 * lengths[element] < whole):
            drop(element)
        else:
            pending += element


def _shows(element: HtmlElement) -> bool:
    return next(element.iter(*_SHOWN), None) is not None or bool(text_of(element))


def is_anchor(link: HtmlElement) -> bool:
    """Whether a link is only a handle for the heading that it stands in."""
    own = str(link.get("href")).startswith("#") or "anchor" in str(link.get("class"))
    return bool(own) and len(link) == 0 and _MARK.fullmatch(one_line(link.text)) is not None


def _is_kept(element: HtmlElement) -> bool:
    return bool(element.tag == "input" and element.get("type") == "checkbox")


def is_unseen(element: HtmlElement) -> bool:
    if element.get("hidden") is not None or _STYLE.search(element.get("style") or ""):
        return True
    classes = (element.get("class") or "").split()
    is_label = element.tag in _LABELS and not _UNSEEN_LABELS.isdisjoint(classes)
    return is_label or not _UNSEEN.isdisjoint(classes)


def _is_framing(element: HtmlElement) -> bool:
    classes = (element.get("class") or "").split()
    if any(map(_CONTENT.match, classes)):
        return False
    for token in [*classes, element.get("id") or ""]:
        if token.lower() in _WORDS:
            return True
        if any(word.lower() in _WORDS for word in _WORD.findall(token[:80])):
            return True
    return False


def _lengths(body: HtmlElement) -> dict[HtmlElement, int]:
    """Return how much text each element holds, in one pass from the innermost outwards."""
    lengths: dict[HtmlElement, int] = {}
    for element in reversed(list(body.iter())):
        inner = sum(lengths[child] + len((child.tail or "").strip()) for child in element)
        lengths[element] = inner + len((element.text or "").strip())
    return lengths


def is_noise(text: str) -> bool:
    """Whether a paragraph is a button, a notice of rights, or points elsewhere."""
    return (
        page_noise.is_button(text)
        or page_noise.is_ticker(text)
        or page_noise.is_rights_notice(text)
        or page_noise.is_promotion(text)
    )


def opens_the_frame(block: HtmlElement) -> bool:
    """Whether a block heads a list of other stories or the comments."""
    text = text_of(block)
    return page_noise.opens_other_stories(text) or page_noise.opens_comments(text)
