from comments.default_words import DefaultRule, default_rules, parsed
from comments.words import WordMatcher, WordRule
from tests.comments import corpora


def _matcher():
    return WordMatcher(
        WordRule(rule.pattern, rule.pattern, rule.exceptions) for rule in default_rules()
    )


def test_a_line_holds_a_word_its_exceptions_and_stands_under_its_category():
    text = "# words\n[욕설]\n시발 | 시발점, 시발 택시\n씨발\n[스팸]\nviagra\n"
    assert list(parsed(text)) == [
        DefaultRule("시발", ("시발점", "시발 택시"), "욕설"),
        DefaultRule("씨발", (), "욕설"),
        DefaultRule("viagra", (), "스팸"),
    ]


def test_every_default_word_is_found_as_it_is_and_listed_once():
    matcher, patterns = _matcher(), [rule.pattern for rule in default_rules()]
    missed = [
        word for word in patterns if word not in {hit.rule.key for hit in matcher.matches(word)}
    ]
    assert missed == []
    assert len(patterns) == len(set(patterns))


def test_the_categories_are_those_of_the_desk():
    assert {rule.category for rule in default_rules()} == {"욕설", "혐오", "스팸"}


def test_the_default_words_hold_no_innocent_sentence():
    matcher = _matcher()
    sentences = [
        *corpora.lines("innocents"),
        *corpora.lines("second_innocents"),
        *corpora.lines("third_innocents"),
        *corpora.lines("fourth_innocents"),
        *corpora.lines("fifth_innocents"),
        *corpora.lines("sixth_innocents"),
    ]
    assert {text: hits for text in sentences if (hits := matcher.matches(text))} == {}
