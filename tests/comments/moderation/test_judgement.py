"""The verdict on a comment, from facts alone."""

import pytest

from comments.moderation.facts import Facts, FoundWord, Writer
from comments.moderation.findings import Verdict
from comments.moderation.judgement import judge

NEWCOMER = Writer()
KNOWN = Writer(approved=1)
REGULAR = Writer(approved=10)
REMOVED = Writer(removed=3)
MODERATOR = Writer(is_moderator=True)
THREE_LINKS = "https://a.example https://b.example https://c.example"


def judged(**facts):
    return judge(Facts(**({"mode": "post", "body": "잘 읽었습니다.", "form_age": 60.0} | facts)))


def verdict(**facts):
    return judged(**facts).verdict


def codes(**facts):
    return [finding.code for finding in judged(**facts).findings]


@pytest.mark.parametrize("writer", [NEWCOMER, KNOWN, REGULAR, MODERATOR])
def test_post_publishes_everybody_at_once(writer):
    assert verdict(writer=writer) == Verdict.PUBLISH


@pytest.mark.parametrize("writer", [NEWCOMER, KNOWN, REGULAR])
def test_pre_holds_everybody(writer):
    assert verdict(mode="pre", writer=writer) == Verdict.HOLD


@pytest.mark.parametrize(
    ("writer", "expected"),
    [(NEWCOMER, Verdict.HOLD), (KNOWN, Verdict.PUBLISH), (REGULAR, Verdict.PUBLISH)],
)
def test_first_holds_until_one_comment_was_approved(writer, expected):
    assert verdict(mode="first", writer=writer) == expected


@pytest.mark.parametrize("mode", ["post", "pre", "first"])
def test_moderators_are_never_held(mode):
    assert verdict(mode=mode, writer=MODERATOR, trap_is_filled=True) == Verdict.PUBLISH


def test_a_missing_form_weighs_more_than_a_quick_one():
    assert judged(form_age=None).score > judged(form_age=0.5).score > 0


def test_a_quick_form_alone_holds_nobody():
    assert verdict(form_age=0.5) == Verdict.PUBLISH


def test_a_form_is_quick_below_three_seconds_and_old_after_a_day():
    assert codes(form_age=2.9) == ["quick"]
    assert codes(form_age=3.0) == []
    assert codes(form_age=86_401.0) == ["old_form"]


def test_an_edit_is_not_asked_for_a_form():
    assert codes(form_age=None, has_form=False) == []


def test_a_filled_trap_waits_and_without_a_form_it_is_spam():
    assert verdict(trap_is_filled=True) == Verdict.HOLD
    assert verdict(trap_is_filled=True, form_age=None) == Verdict.SPAM


def test_two_links_pass_and_many_do_not():
    assert verdict(body="https://a.example https://b.example") == Verdict.PUBLISH
    assert verdict(body="https://a.example " * 9) == Verdict.HOLD


def test_what_is_doubtful_is_asked_for_a_proof_if_it_can_be_given():
    facts = {"body": THREE_LINKS, "form_age": 1.0}
    assert verdict(**facts) == Verdict.HOLD
    assert verdict(**facts, can_prove=True) == Verdict.PROVE
    assert verdict(**facts, can_prove=True, proof_is_given=True) == Verdict.PUBLISH


def test_no_proof_helps_against_what_a_rule_decides():
    word = FoundWord("body", "바아보", "바보", "hold")
    facts = {"words": (word,), "can_prove": True, "proof_is_given": True}
    assert verdict(**facts) == Verdict.HOLD
    assert "바아보" in judged(**facts).findings[0].detail


def test_a_word_can_lead_to_the_spam_box():
    assert verdict(words=(FoundWord("link", "casino", "casino", "spam"),)) == Verdict.SPAM


@pytest.mark.parametrize(
    ("body", "kind"), [("010-1234-5678로", "전화번호"), ("900101-1234567", "주민등록번호")]
)
def test_a_personal_number_waits_for_a_moderator(body, kind):
    assert verdict(body=body, writer=REGULAR) == Verdict.HOLD
    assert kind in judged(body=body).findings[0].detail


def test_repetitions_weigh_more_the_more_there_are():
    verdicts = [verdict(near_repeats=count) for count in range(4)]
    assert verdicts == [Verdict.PUBLISH, Verdict.HOLD, Verdict.HOLD, Verdict.SPAM]


def test_a_burst_from_one_network_adds_up():
    assert judged(recent_from_network=5).score == 0
    assert judged(recent_from_network=100).score == 30


def test_a_good_history_outweighs_and_a_bad_one_adds():
    facts = {"form_age": 1.0, "body": THREE_LINKS}
    scores = [
        judged(writer=writer, **facts).score for writer in (REGULAR, KNOWN, NEWCOMER, REMOVED)
    ]
    assert scores == sorted(scores)
    assert verdict(writer=REMOVED, **facts) == Verdict.HOLD


def test_a_score_is_never_below_nothing():
    assert judged(writer=REGULAR).score == 0


def test_akismet_decides_where_it_is_asked():
    assert verdict(is_spam_elsewhere=True) == Verdict.SPAM


def test_reasons_are_plain_data():
    (reason,) = judged(form_age=1.0).reasons()
    assert reason == {"code": "quick", "score": 25, "detail": "양식을 1.0초 만에 보냈습니다."}
