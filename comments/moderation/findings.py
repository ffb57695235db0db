"""What a rule finds, and what all findings together lead to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    PUBLISH = "publish"
    # To be asked for a proof of work, and published with one.
    PROVE = "prove"
    HOLD = "hold"
    SPAM = "spam"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one rule found: a code, what it weighs, words for the moderator.

    `verdict` is what the finding leads to whatever the sum; PUBLISH leaves it to the sum.
    """

    code: str
    score: int = 0
    detail: str = ""
    verdict: Verdict = Verdict.PUBLISH
    # The words of the comment that were found, as written; the desk marks them.
    found: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict, with the sum and the findings that led to it."""

    verdict: Verdict
    score: int
    findings: tuple[Finding, ...]

    def reasons(self) -> list[dict[str, str | int]]:
        """Return the findings as they are stored beside the comment."""
        return [_as_stored(finding) for finding in self.findings]


def _as_stored(finding: Finding) -> dict[str, str | int]:
    stored: dict[str, str | int] = {
        "code": finding.code,
        "score": finding.score,
        "detail": finding.detail,
    }
    if finding.found:
        stored["found"] = finding.found
    return stored
