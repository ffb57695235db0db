"""Whether HTML that we show is whole and harmless: judged by parsers that did not write it."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from lxml import html as lxml_html

_VOID = frozenset({"br", "col", "hr", "img", "input", "source", "wbr"})
ARTICLE_TAGS = frozenset(
    [
        "a",
        "abbr",
        "aside",
        "b",
        "bdi",
        "bdo",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "col",
        "colgroup",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "iframe",
        "img",
        "input",
        "ins",
        "kbd",
        "li",
        "mark",
        "ol",
        "p",
        "picture",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "source",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    ]
)
COMMENT_TAGS = frozenset({"p", "br", "a", "strong", "em", "code", "blockquote"})
_ATTRIBUTES = frozenset(
    [
        "align",
        "allowfullscreen",
        "alt",
        "aria-label",
        "checked",
        "class",
        "colspan",
        "datetime",
        "decoding",
        "dir",
        "disabled",
        "height",
        "href",
        "id",
        "lang",
        "loading",
        "open",
        "referrerpolicy",
        "rel",
        "reversed",
        "role",
        "rowspan",
        "scope",
        "sizes",
        "src",
        "srcset",
        "start",
        "tabindex",
        "title",
        "type",
        "width",
    ]
)
_SCHEMES = {"href": {"", "http", "https", "mailto", "tel"}, "src": {"", "http", "https"}}
_FRAMES = "https://www.youtube-nocookie.com/embed/"


class _Balance(HTMLParser):
    """Every element is closed, in the order it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.path: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in _VOID:
            self.path.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.path, f"</{tag}> closes nothing"
        assert self.path.pop() == tag


def check_whole(html: str) -> None:
    """Fail for HTML that a parser would have to mend."""
    parser = _Balance()
    parser.feed(html)
    parser.close()
    assert parser.path == []


def check_harmless(html: str, tags: frozenset[str]) -> None:
    """Fail for anything that could run, load or pretend, and for an id that is there twice."""
    ids: set[str] = set()
    for element in lxml_html.fragment_fromstring(html, create_parent="div").iterdescendants():
        assert element.tag in tags, element.tag
        for name, value in element.attrib.items():
            assert name in _ATTRIBUTES, (element.tag, name)
            if name in _SCHEMES:
                _check_address(element.tag, name, value)
        if anchor := element.get("id"):
            assert anchor not in ids, anchor
            ids.add(anchor)


def _check_address(tag: str, name: str, value: str) -> None:
    if tag == "iframe":
        assert value.startswith(_FRAMES), value
        return
    # As browsers read an address: what cannot be seen is dropped, a backslash is a slash.
    read = "".join(character for character in value if character > " ").replace("\\", "/")
    assert not read.startswith("//"), value
    try:
        scheme = urlsplit(read).scheme
    except ValueError:
        scheme = read.partition(":")[0].lower()
    assert scheme in _SCHEMES[name], value
