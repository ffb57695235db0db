import unicodedata
from functools import cache

import pytest

from comments.words import WordMatcher, WordRule
from tests.comments import corpora

LISTS = [
    (f"{prefix}word_rules", prefix)
    for prefix in ("", "second_", "third_", "fourth_", "fifth_", "sixth_")
]


@cache
def matcher_for(patterns, exceptions):
    return WordMatcher([WordRule(pattern, pattern, exceptions) for pattern in patterns])


def found(text, *patterns, exceptions=()):
    return [match.found for match in matcher_for(patterns, exceptions).matches(text)]


@pytest.mark.parametrize(("rules", "prefix"), LISTS)
def test_every_evasion_of_the_list_is_found(rules, prefix):
    matcher = WordMatcher(corpora.word_rules(rules))
    missed = [
        (pattern, text)
        for pattern, text in corpora.pairs(f"{prefix}evasions")
        if pattern not in {match.rule.key for match in matcher.matches(text)}
    ]
    assert missed == []


@pytest.mark.parametrize(("rules", "prefix"), LISTS)
def test_no_innocent_sentence_of_the_list_is_held(rules, prefix):
    matcher = WordMatcher(corpora.word_rules(rules))
    sentences = corpora.lines(f"{prefix}innocents")
    assert {text: hits for text in sentences if (hits := matcher.matches(text))} == {}


def _decomposed(word):
    return unicodedata.normalize("NFD", word)


def _between(filler):
    return lambda word: filler.join(word)


def _in_jamo(word):
    initials, vowels = (
        "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ",
        "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ",
    )
    finals = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
    codes = [ord(syllable) - 0xAC00 for syllable in word]
    rows = [initials[c // 588] + vowels[c % 588 // 28] + finals[c % 28] for c in codes]
    return "".join(rows).replace(" ", "")


DISGUISES = [
    _decomposed, _in_jamo, *map(_between, (" ", ".", "~", "*", "♡", "🤪", "1", "x", "_", "\u200b", "\u3164", "\u00ad", "\ufe0f", " . ", "ㅋㅋ", "\u0336")),
    lambda word: word + "야", lambda word: word + "들아", lambda word: f"이런 {word} 같은", lambda word: word + word[-1] * 3,
    lambda word: word[0] + _in_jamo(word[1:]), lambda word: _in_jamo(word[0]) + word[1:], lambda word: " ".join(_in_jamo(word)),
]  # fmt: skip


@pytest.mark.parametrize("word", ["바보", "멍청이", "시발", "병신", "지랄", "개새끼", "카지노", "바카라", "성인용품", "조건만남", "또라이", "쓰레기", "홀덤"])  # fmt: skip
def test_a_word_is_found_in_every_disguise(word):
    disguised = [disguise(word) for disguise in DISGUISES]
    assert [text for text in disguised if not found(text, word)] == []


@pytest.mark.parametrize(
    ("rule", "text"),
    [("시발", "글 참 잘 쓰네 시발"), ("시발", "야 시\r\n발놈아"), ("시발", "시\n\n발"), ("호구", "이런 호 구네"), ("호구", "ㅎㅗㄱㅜ!!!"), ("병신", "병ㅅㅣㄴ놈아"), ("시발", "18시발놈아"), ("shit", "SHITTY"), ("fuck", "f**k"), ("fuck", "f.u.c.k.e.r"), ("porn", "pornhub")],
)  # fmt: skip
def test_a_word_is_found_on_new_lines_with_endings_and_half_hidden(rule, text):
    assert found(text, rule)


@pytest.mark.parametrize(
    ("rule", "text"),
    [("시발", "네 시 발 버스"), ("시발", "밤 열두 시 발 막차"), ("시발", "좋아하는 시\n발자국"), ("야동", "야 동네 사람들"), ("호구", "호 구하는 일"), ("사기", "감싸기"), ("butt", "bread and butter"), ("cock", "Cocker spaniel"), ("rapist", "the therapist"), ("fuck", "f*nk")],
)  # fmt: skip
def test_words_that_only_come_near_are_innocent(rule, text):
    assert not found(text, rule)


def test_a_match_shows_the_stretch_as_it_was_written():
    [match] = WordMatcher([WordRule(7, "바보")]).matches("너는 바~보야!")
    assert (match.rule.key, match.found, match.start, match.end) == (7, "바~보", 3, 6)


def test_matches_come_in_order_of_place():
    assert found("씨발 이 바보야, 바 보!", "바보", "씨발") == ["씨발", "바보", "바 보"]


def test_an_exception_excuses_only_the_word_inside_it():
    text = "시발점에서 시발이라 하다"
    assert found(text, "시발", exceptions=("시발점",)) == ["시발"]


def test_an_exception_is_not_stretched_over_a_space_to_excuse_a_word():
    assert found("다 시발 놈들이다", "시발", exceptions=("다시발",)) == ["시발"]


def test_a_rule_for_an_ordinary_word_beats_the_list_of_ordinary_words():
    assert found("시발점이다", "시발점") == ["시발점"]


@pytest.mark.parametrize("text", ["시발", "ㅋㅋ 산봉우리", "ㄱㅅㅂㅂ", "못 바꾼다"])
def test_a_rule_in_consonants_matches_loose_consonants_only(text):
    assert found(text, "ㅅㅂ") == []


@pytest.mark.parametrize(("rule", "text"), [("19금", "19금 자료"), ("19금", "1 9 금"), ("카톡id", "카톡ID 주세요"), ("🖕", "여기 🖕 있다"), ("1+1", "1+1")])  # fmt: skip
def test_rules_of_figures_and_signs_are_found(rule, text):
    assert found(text, rule)


@pytest.mark.parametrize("pattern", ["", " ", "\u200b", "...", "ㅤ"])
def test_a_rule_of_nothing_matches_nothing(pattern):
    assert found("가나다... 라마", pattern) in ([], ["..."])


def test_without_rules_nothing_matches():
    assert WordMatcher([]).matches("시발") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\ufffd",
        "\u0301" * 50,
        "ᄀ" * 50,
        "1" * 4000,
        "a" * 4000,
        "𝐚\U0001f170",
        "복\u11a80",
    ],
)
def test_odd_text_matches_nothing(text):
    assert found(text, "바보", "casino", "ㅅㅂ", "19금") == []
