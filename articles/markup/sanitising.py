"""What HTML an article may hold.  Sanitising is the last step of rendering."""

import re
from collections import Counter

import nh3

from articles.markup.limits import MAX_HTML_DEPTH, MAX_REPEATED_TAGS, RenderingError
from articles.markup.marks import unmarked
from articles.markup.urls import EMBED_PREFIX, is_protocol_relative

_INLINE_TAGS = (
    "a abbr b bdi bdo br cite code del dfn em i img input ins kbd mark q rp rt ruby s samp small "
    "span strong sub sup time u var wbr"
)
_BLOCK_TAGS = (
    "aside blockquote caption col colgroup dd details div dl dt figcaption figure h1 h2 h3 h4 h5 "
    "h6 hr iframe li ol p pre section summary table tbody td tfoot th thead tr ul"
)
_TAGS = frozenset(f"{_INLINE_TAGS} {_BLOCK_TAGS}".split())
_DROPPED_WITH_CONTENT = {"script", "style", "template", "noscript", "noembed", "noframes", "xmp"}
_CELL = {"align", "colspan", "rowspan"}
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "role", "aria-label"},
    "a": {"href", "rel"},
    "abbr": {"title"},
    "details": {"open"},
    "del": {"datetime"},
    "div": {"align", "tabindex"},
    "iframe": {"src", "title", "loading", "allowfullscreen", "referrerpolicy"},
    "img": {"src", "alt", "width", "height", "loading", "decoding", "referrerpolicy"},
    "input": {"type", "checked", "disabled"},
    "ins": {"datetime"},
    "ol": {"start", "reversed", "type"},
    "p": {"align"},
    "pre": {"tabindex"},
    "td": _CELL,
    "th": {*_CELL, "scope"},
    "time": {"datetime"},
}
_WITH_ID = frozenset(["h1", "h2", "h3", "h4", "h5", "h6", "li", "a", "figure"])
_NUMBER = re.compile(r"\d{1,5}$")
_EMBED = re.compile(rf"{re.escape(EMBED_PREFIX)}[A-Za-z0-9_-]{{11}}$")
_FIXED_VALUES = {
    "align": {"left", "center", "right"},
    "dir": {"ltr", "rtl", "auto"},
    "loading": {"lazy"},
    "decoding": {"async"},
    "referrerpolicy": {"no-referrer", "strict-origin-when-cross-origin"},
    "rel": {"noopener"},
    "role": {"region"},
    "tabindex": {"0"},
}
_NUMERIC = frozenset({"width", "height", "start", "colspan", "rowspan"})

_SOURCE_VALUES = {
    "type": re.compile(r"image/[a-z]+"),
    "srcset": re.compile(r"/(?!/)[^\s,\\]+ \d{1,5}w(?:, /(?!/)[^\s,\\]+ \d{1,5}w)*"),
    "sizes": re.compile(r"[\w\s(),.:-]+"),
}

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_FORMATTING = frozenset(
    [
        "a",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "nobr",
        "s",
        "small",
        "strike",
        "strong",
        "tt",
        "u",
    ]
)
# Opening one of these closes one left open before it.
_SELF_CLOSING = frozenset(["p", "li", "dt", "dd", "td", "th", "tr", "option", "rt", "rp"])


def _filter_attribute(tag: str, name: str, value: str) -> str | None:
    """The value an attribute may keep; None removes it."""
    if name == "class":
        return " ".join(filter(None, map(unmarked, value.split()))) or None
    if name == "id":
        return unmarked(value) if tag in _WITH_ID else None
    if name in ("href", "src"):
        return _filter_address(tag, value)
    if name in _NUMERIC:
        return value if _NUMBER.match(value) else None
    if tag == "source" and name in _SOURCE_VALUES:
        return value if _SOURCE_VALUES[name].fullmatch(value) else None
    if tag == "input" and name == "type":
        return value if value == "checkbox" else None
    allowed = _FIXED_VALUES.get(name)
    return value if allowed is None or value in allowed else None


def _filter_address(tag: str, value: str) -> str | None:
    if is_protocol_relative(value):
        return None
    if tag == "iframe":
        return value if _EMBED.match(value) else None
    if tag == "img" and value.lower().startswith(("mailto:", "tel:")):
        return None
    return value


def _keep_marks(tag: str, name: str, value: str) -> str | None:
    """For the first pass: the author's own ids and classes go, ours stay marked."""
    if name == "class":
        return " ".join(part for part in value.split() if unmarked(part)) or None
    if name == "id":
        return value if unmarked(value) else None
    if name in ("href", "src"):
        return value
    return _filter_attribute(tag, name, value)


# What the renderer writes around a picture of ours. Tidying has taken it from the author's own
# HTML before, because addresses in `srcset` are checked by nobody but us.
_OUR_TAGS = {"picture", "source"}
_OUR_ATTRIBUTES = {"source": {"type", "srcset", "sizes"}}
_URL_SCHEMES = {"http", "https", "mailto", "tel"}
_TIDIER = nh3.Cleaner(
    tags=set(_TAGS),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES,
    attribute_filter=_keep_marks,
    link_rel=None,
    url_schemes=_URL_SCHEMES,
)
_SANITISER = nh3.Cleaner(
    tags=set(_TAGS | _OUR_TAGS),
    clean_content_tags=_DROPPED_WITH_CONTENT,
    attributes=_ATTRIBUTES | _OUR_ATTRIBUTES,
    attribute_filter=_filter_attribute,
    link_rel=None,
    url_schemes=_URL_SCHEMES,
)


def tidy(html: str) -> str:
    """Well-formed HTML: every tag closed, attributes quoted, nothing outside the allowed subset.

    Ids and classes are still marked.  Raises RenderingError for tags nested beyond reason.
    """
    _check_depth(html)
    return _TIDIER.clean(html)


def sanitise(html: str) -> str:
    """The HTML that may be stored and shown."""
    return _SANITISER.clean(html)


def _check_depth(html: str) -> None:
    """Refuse what would take the HTML parser quadratic time.

    Open elements make its stack deep, and it repeats unclosed `<b>`, `<i>` and their like in every
    block that follows.
    """
    path: list[str] = []
    formatting: Counter[str] = Counter()
    repeated = 0
    for match in _TAG.finditer(html):
        is_closing, name = match[1], match[2].lower()
        if name in _VOID:
            continue
        if is_closing:
            formatting[name] -= formatting[name] > 0
            if name in path:
                while path.pop() != name:
                    pass
            continue
        repeated += formatting.total()
        formatting[name] += name in _FORMATTING
        if not (name in _SELF_CLOSING and path and path[-1] == name):
            path.append(name)
        if len(path) > MAX_HTML_DEPTH or repeated > MAX_REPEATED_TAGS:
            raise RenderingError("닫히지 않았거나 너무 깊게 겹친 HTML 태그가 있습니다.")
