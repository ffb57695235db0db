"""Texts and documents that nobody should have written: valid ones taken apart and put together.

A document is cut where its parts meet (tags, quotes, lines, words), so that what comes out is
still nearly one, and reaches what stands behind the first check.
"""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache

from hypothesis import strategies as st

DrawFunction = Callable[[st.SearchStrategy], object]

# What has broken readers of text elsewhere, each by itself.
HOSTILE = (
    *("\0", "\x01", "\x1b", "\x7f", "\x85", "\u2028", "\u2029", "\ufeff", "\ufffe", "\uffff", "\r"),
    *("\ud800", "\udfff", "\U0010ffff", "\u202e", "\u2066", "\u200b", "\u200d", "\u3164", "\u115f"),
    *(
        "\u0301",
        "\u0336",
        "ᄀ",
        "ᅡ",
        "ᆨ",
        "ㄱ",
        "ﬀ",
        "ﷺ",
        "İ",
        "ß",
        "👩‍👩‍👧",
        "각".encode("utf-16").decode("utf-16"),
    ),
    *(
        "<",
        ">",
        "&",
        "'",
        '"',
        "\\",
        "`",
        "[",
        "]",
        "(",
        ")",
        "{",
        "}",
        "%",
        "#",
        "*",
        "_",
        "~",
        "|",
    ),
    *("<!--", "-->", "<![CDATA[", "]]>", "</script>", "<script>", "<style>", "<svg>", "<math>"),
    *(
        "javascript:",
        "data:text/html,",
        "//evil.example",
        "/\\evil",
        "http://[::1",
        "&#0;",
        "&#xD800;",
    ),
    *(
        "&#99999999999;",
        "%00",
        "%ff",
        "{{",
        "{%",
        "{% raw %}",
        "$(",
        "../",
        "file:///",
        "\t",
        "    ",
    ),
    *("---\n", "+++\n", "```\n", "\n\n", "> ", "- ", "1. ", "[^1]", "![", "](", "===", "9" * 5000),
    *("0000-00-00", "9999-12-31T23:59:59+14:00", "-1", "1e999", "NaN", "null", "true", "0x0", "١٢"),
    *("!!python/object:os.system", "&a [*a]", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "xmlns:wp='x'"),
)
_PARTS = re.compile(r"<[^<>]{0,200}>|\n|[\w가-힣]+|[^\S\n]+|.", re.DOTALL)
_MOST_REPETITIONS = 400
_LONGEST = 60_000


def any_text(most: int = 60) -> st.SearchStrategy[str]:
    """Return whatever Python takes for text, lone surrogates too, rich in what is hostile."""
    pieces = st.one_of(
        st.sampled_from(HOSTILE),
        st.text(st.characters(), max_size=8),
        st.text(st.characters(min_codepoint=0x1100, max_codepoint=0x11FF), max_size=6),
        st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8),
        st.text("abcXYZ 019.,:;!?-_/\\\n", max_size=12),
        st.tuples(st.sampled_from(HOSTILE), st.integers(2, _MOST_REPETITIONS)).map(
            lambda pair: (pair[0] * pair[1])[:5_000]
        ),
    )
    return st.lists(pieces, max_size=most // 4).map("".join)


@lru_cache(maxsize=64)
def _parts_of(document: str) -> tuple[str, ...]:
    return tuple(_PARTS.findall(document))


@st.composite
def mutated(draw: DrawFunction, documents: Sequence[str], most_changes: int = 6) -> str:
    """Return one of the documents with up to so many changes, of at most 60,000 characters."""
    parts = list(_parts_of(draw(st.sampled_from(documents))))
    for _ in range(draw(st.integers(0, most_changes))):
        change = draw(st.sampled_from(_CHANGES))
        first, last = sorted(draw(_places(len(parts))) for _ in range(2))
        parts = change(draw, parts, first, last, documents)
    return "".join(parts)[:_LONGEST]


def _places(count: int) -> st.SearchStrategy[int]:
    return st.integers(0, count)


def _put_in(draw, parts, first, last, documents):
    return [*parts[:first], draw(st.sampled_from(HOSTILE)), *parts[first:]]


def _replace(draw, parts, first, last, documents):
    return [*parts[:first], draw(any_text(20)), *parts[first + 1 :]]


def _leave_out(draw, parts, first, last, documents):
    return parts[:first] + parts[min(last, first + 40) :]


def _cut_off(draw, parts, first, last, documents):
    return parts[:last]


def _repeat(draw, parts, first, last, documents):
    piece = parts[first : min(last, first + 30)]
    return parts[:first] + piece * draw(st.integers(2, _MOST_REPETITIONS)) + parts[first:]


def _exchange(draw, parts, first, last, documents):
    if first == last or last == len(parts):
        return parts
    return [*parts[:first], parts[last], *parts[first + 1 : last], parts[first], *parts[last + 1 :]]


def _splice(draw, parts, first, last, documents):
    other = _parts_of(draw(st.sampled_from(documents)))
    return parts[:first] + list(other[draw(_places(len(other))) :])


_CHANGES = (_put_in, _replace, _leave_out, _cut_off, _repeat, _exchange, _splice)


@st.composite
def encoded(draw: DrawFunction, documents: Sequence[str], most_changes: int = 6) -> bytes:
    """Return a mutated document as bytes in some encoding, now and then with bytes changed too."""
    text = draw(mutated(documents, most_changes))
    encoding = draw(st.sampled_from(["utf-8"] * 5 + ["utf-8-sig", "cp949", "utf-16", "euc-kr"]))
    errors = "surrogatepass" if encoding.startswith("utf") else "replace"
    data = text.encode(encoding, errors)
    for _ in range(draw(st.sampled_from([0, 0, 0, 1, 3]))):
        place = draw(_places(len(data)))
        data = data[:place] + draw(st.binary(max_size=3)) + data[place + draw(st.integers(0, 2)) :]
    return data
