"""The rules, in the order in which they are asked. Each looks at the facts and says what it finds.

A finding weighs something, or decides by itself. Nothing is ever thrown away: what weighs too
much waits for a moderator.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from articles.markup.addresses import WEB_ADDRESS
from comments.moderation.facts import Facts
from comments.moderation.findings import Finding, Verdict
from comments.personal_numbers import personal_numbers

# Nobody reads an essay, thinks and types in less.
QUICKEST_FORM = 3
OLDEST_FORM = 24 * 3600
FREE_LINKS = 2
QUIET_NETWORK = 5
TRUSTED_AFTER = 10

_ADDRESS = re.compile(WEB_ADDRESS, re.IGNORECASE)
_EFFECTS = {
    "hold": (Verdict.HOLD, 70),
    "spam": (Verdict.SPAM, 120),
}
_TARGET_LABELS = {"body": "내용", "name": "이름", "link": "링크"}

Rule = Callable[[Facts], Iterator[Finding]]


def form(facts: Facts) -> Iterator[Finding]:
    if not facts.has_form:
        return
    if facts.form_age is None:
        yield Finding("no_form", 50, "양식을 거치지 않고 보냈습니다.")
    elif facts.form_age < QUICKEST_FORM:
        yield Finding("quick", 25, f"양식을 {facts.form_age:.1f}초 만에 보냈습니다.")
    elif facts.form_age > OLDEST_FORM:
        yield Finding("old_form", 20, "하루가 지난 양식을 보냈습니다.")


def trap(facts: Facts) -> Iterator[Finding]:
    if facts.trap_is_filled:
        yield Finding("trap", 100, "사람에게 보이지 않는 칸을 채웠습니다.")


def links(facts: Facts) -> Iterator[Finding]:
    count = sum(1 for _ in _ADDRESS.finditer(facts.body))
    if not count:
        return
    score = 10 if not facts.writer.approved else 0
    score += min(90, 15 * max(0, count - FREE_LINKS))
    if score:
        yield Finding("links", score, f"링크가 {count}개 있습니다.")


def repeats(facts: Facts) -> Iterator[Finding]:
    if facts.near_repeats:
        detail = f"얼마 전의 댓글 {facts.near_repeats}개와 거의 같습니다."
        yield Finding("near_repeat", min(150, 50 * facts.near_repeats), detail)


def rates(facts: Facts) -> Iterator[Finding]:
    surplus = facts.recent_from_network - QUIET_NETWORK
    if surplus > 0:
        detail = f"같은 곳에서 10분 동안 {facts.recent_from_network}개를 썼습니다."
        yield Finding("burst", min(30, 5 * surplus), detail)


def words(facts: Facts) -> Iterator[Finding]:
    for word in facts.words:
        verdict, score = _EFFECTS[word.effect]
        where = _TARGET_LABELS[word.target]
        # The log keeps this for good, so that it quotes our rule and nothing of the comment.
        detail = f"낱말 규칙 ‘{word.pattern}’에 걸렸습니다({where})."
        yield Finding(f"word_{word.target}", score, detail, verdict, word.found)


def personal_data(facts: Facts) -> Iterator[Finding]:
    for kind in personal_numbers(f"{facts.name}\n{facts.body}"):
        yield Finding("personal", 70, f"{kind}로 보이는 숫자가 있습니다.", Verdict.HOLD)


def elsewhere(facts: Facts) -> Iterator[Finding]:
    if facts.is_spam_elsewhere:
        yield Finding("akismet", 120, "Akismet이 스팸으로 봅니다.", Verdict.SPAM)


def ladder(facts: Facts) -> Iterator[Finding]:
    """Apply the mode: everything waits, or the first comment of somebody unknown."""
    if facts.mode == "pre":
        yield Finding("pre", 0, "모든 댓글을 승인한 뒤에 공개합니다.", Verdict.HOLD)
    elif facts.mode == "first" and not facts.writer.approved:
        yield Finding("first", 0, "처음 쓰는 분의 댓글입니다.", Verdict.HOLD)


def history(facts: Facts) -> Iterator[Finding]:
    approved, removed = facts.writer.approved, facts.writer.removed
    if removed >= 2 and removed > approved // TRUSTED_AFTER:
        yield Finding(
            "removed_before", min(60, 15 * removed), f"내려진 댓글이 {removed}개 있습니다."
        )
    elif approved >= TRUSTED_AFTER:
        yield Finding("trusted", -30, f"공개된 댓글이 {approved}개 있습니다.")
    elif approved:
        yield Finding("known", -10, f"공개된 댓글이 {approved}개 있습니다.")


RULES: tuple[Rule, ...] = (
    form,
    trap,
    links,
    repeats,
    rates,
    words,
    personal_data,
    elsewhere,
    ladder,
    history,
)
