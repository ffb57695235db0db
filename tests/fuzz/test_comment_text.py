"""Whatever readers type as a comment, a name or a rule: taken, mended or refused, never half."""

import unicodedata
from functools import cache
from html import escape

from hypothesis import given
from hypothesis import strategies as st

from comments.importing.html_text import text_of
from comments.jamo import CONJOINING
from comments.personal_numbers import personal_numbers
from comments.repetition import digest_of, is_near
from comments.skeletons import imitates, skeleton
from comments.text import (
    MAX_BODY_GRAPHEMES,
    MAX_NAME_GRAPHEMES,
    TextError,
    cleaned_body,
    cleaned_name,
    grapheme_count,
    mended_body,
    mended_name,
)
from comments.words import WordMatcher, WordRule
from tests.browser.xss_payloads import PAYLOADS
from tests.comments import corpora
from tests.fuzz.bounds import at_most
from tests.fuzz.mutations import any_text, mutated

COMMENTS = [*corpora.lines("evasions"), *corpora.lines("innocents")]
NAMES = [*corpora.lines("honest_names"), *(name for _, name in corpora.pairs("spoofed_names"))]
PATTERNS = [pattern for pattern, _ in corpora.pairs("evasions")]
PROTECTED = ("신피질", "김민수", "운영자", "Neo Cortex")
# Syllables without clusters and doubled letters, which loose letters spell in one way only.
SYLLABLES = st.builds(
    lambda initial, vowel, final: chr(0xAC00 + (initial * 21 + vowel) * 28 + final),
    st.sampled_from([0, 2, 3, 5, 6, 7, 9, 12, 14, 15, 16, 17, 18]),
    st.sampled_from([0, 4, 8, 13, 18, 20]),
    st.sampled_from([0, 0, 1, 4, 8, 16, 17, 21]),
)
WORDS = st.lists(SYLLABLES, min_size=2, max_size=4).map("".join)


@given(text=mutated(COMMENTS) | any_text(400))
def test_a_body_that_is_taken_stays_as_it_is(text: str) -> None:
    with at_most(1.0):
        try:
            body = cleaned_body(text)
        except TextError:
            return
    assert cleaned_body(body) == body
    assert 0 < grapheme_count(body) <= MAX_BODY_GRAPHEMES
    body.encode()


@given(text=mutated(NAMES) | any_text())
def test_a_name_that_is_taken_stays_as_it_is(text: str) -> None:
    with at_most(1.0):
        try:
            name = cleaned_name(text)
        except TextError:
            return
    assert cleaned_name(name) == name
    assert 0 < grapheme_count(name) <= MAX_NAME_GRAPHEMES
    assert "\n" not in name


@given(text=mutated(COMMENTS) | any_text(400))
def test_what_was_written_elsewhere_is_mended_once(text: str) -> None:
    body, name = mended_body(text), mended_name(text)
    assert mended_body(body) == body
    assert mended_name(name) == name
    if name:
        assert cleaned_name(name) == name
    (body + name).encode()


@given(source=mutated(PAYLOADS) | any_text(), line_ends_count=st.booleans())
def test_the_html_of_an_imported_comment_becomes_text(source: str, line_ends_count: bool) -> None:
    with at_most(1.0):
        text = text_of(source, line_ends_count=line_ends_count)
    assert text == text.strip()
    assert "\r" not in text
    assert "\n\n\n" not in text


@given(text=mutated(COMMENTS) | any_text())
def test_a_comment_is_imported_with_its_words_and_without_its_tags(text: str) -> None:
    assert text_of(f"<div class='x'><!-- y -->{escape(text)}<br></div>").split() == text.split()


@given(text=mutated(COMMENTS) | any_text(), other=any_text())
def test_what_moderation_asks_of_a_text_is_answered(text: str, other: str) -> None:
    with at_most(2.0):
        matches = _usual_rules().matches(text)
        personal_numbers(text)
        digest_of(text)
        is_near(text, other)
    for match in matches:
        assert text[match.start : match.end] == match.found


@cache
def _usual_rules() -> WordMatcher:
    return WordMatcher(corpora.word_rules("word_rules"))


@given(rule=mutated(PATTERNS).map(lambda rule: rule[:30]), text=any_text(12))
def test_any_rule_can_be_asked(rule: str, text: str) -> None:
    asked = f"{text}{rule}{text}"
    with at_most(2.0):
        matches = WordMatcher([WordRule(rule, rule, (text,))]).matches(asked)
    assert [asked[match.start : match.end] for match in matches] == [m.found for m in matches]


def _loose(word: str) -> str:
    return unicodedata.normalize("NFD", word).translate(CONJOINING)


@given(word=WORDS, filler=st.sampled_from([" ", ".", "\u200b", "\u3164", "~"]))
def test_a_rule_finds_its_word_however_it_is_strewn(word: str, filler: str) -> None:
    matcher = WordMatcher([WordRule(word, word)])
    forms = (
        word,
        unicodedata.normalize("NFD", word),
        _loose(word),
        filler.join(word),
        f"이런 {word} 같은",
    )
    assert [form for form in forms if not matcher.matches(form)] == []


@given(name=mutated(NAMES) | any_text())
def test_any_name_is_compared_with_the_protected(name: str) -> None:
    with at_most(1.0):
        imitates(name, PROTECTED)
    form = skeleton(name)
    # A closed syllable and its letters, and what nobody sees, make no other name.
    assert skeleton(unicodedata.normalize("NFD", name)) == skeleton(
        unicodedata.normalize("NFC", name)
    )
    assert skeleton(f"\u200b {name}\u3164") == form


@given(name=WORDS, filler=st.sampled_from(["", " ", "\u200b", "\u3164", ".", "_"]))
def test_a_name_is_known_in_loose_letters_and_strewn(name: str, filler: str) -> None:
    assert imitates(name, (name,))
    assert imitates(filler.join(name), (name,))
    assert imitates(filler.join(_loose(name)), (name,))
    assert imitates(unicodedata.normalize("NFD", name), (name,))
