"""The judgement of a comment: every rule is asked, in order, and the findings are weighed."""

from __future__ import annotations

from collections.abc import Iterable

from comments.moderation.facts import Facts
from comments.moderation.findings import Finding, Judgement, Verdict
from comments.moderation.rules import RULES

# From here on a comment is only published with a proof of work, then only by a moderator.
PROOF_SCORE = 40
HOLD_SCORE = 70
SPAM_SCORE = 120

_SEVERITY = (Verdict.PUBLISH, Verdict.PROVE, Verdict.HOLD, Verdict.SPAM)


def judge(facts: Facts) -> Judgement:
    """Return what becomes of the comment and why. Moderators are never held."""
    if facts.writer.is_moderator:
        return Judgement(Verdict.PUBLISH, 0, ())
    findings = tuple(finding for rule in RULES for finding in rule(facts))
    score = max(0, sum(finding.score for finding in findings))
    return Judgement(_verdict(facts, findings, score), score, findings)


def _verdict(facts: Facts, findings: Iterable[Finding], score: int) -> Verdict:
    decided = [finding.verdict for finding in findings]
    if score >= SPAM_SCORE:
        decided.append(Verdict.SPAM)
    elif score >= HOLD_SCORE:
        decided.append(Verdict.HOLD)
    elif score >= PROOF_SCORE and not facts.proof_is_given:
        decided.append(Verdict.PROVE if facts.can_prove else Verdict.HOLD)
    return max(decided, key=_SEVERITY.index, default=Verdict.PUBLISH)
