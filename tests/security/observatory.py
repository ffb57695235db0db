"""How Mozilla's HTTP Observatory scores a response, as far as a page of ours can be scored.

The rules and their points: developer.mozilla.org/en-US/observatory/docs/tests_and_scoring, and
httpobs/docs/scoring.md of mozilla/http-observatory. What needs the public internet (the preload
list, the redirect of a real port 80) is left out: it would add points, or is tested elsewhere.
"""

from __future__ import annotations

import re
from http.cookies import Morsel
from typing import Any

from django.http import HttpResponse

BASE = 100
# Below this, points are taken and none are given.
EARNS_BONUSES = 90
HALF_A_YEAR = 15_768_000
PRIVATE_REFERRERS = {
    "no-referrer",
    "same-origin",
    "strict-origin",
    "strict-origin-when-cross-origin",
}


def score(response: HttpResponse) -> int:
    """Return the score: 100 and more is A+."""
    points = [rule(response) for rule in RULES]
    reached = BASE + sum(point for point in points if point < 0)
    return reached + (
        sum(point for point in points if point > 0) if reached >= EARNS_BONUSES else 0
    )


def policy_of(response: HttpResponse) -> dict[str, list[str]]:
    """Return the directives of the content policy and their sources."""
    parts = response.get("Content-Security-Policy", "").split(";")
    return {name: sources for name, *sources in (part.split() for part in parts if part.strip())}


def _content_policy(response: HttpResponse) -> int:
    policy = policy_of(response)
    if not policy:
        return -25
    fallback = policy.get("default-src", ["*"])
    scripts, styles = policy.get("script-src", fallback), policy.get("style-src", fallback)
    active = [*scripts, *policy.get("object-src", fallback)]
    if {"'unsafe-inline'", "data:", "https:", "http:", "*"} & {*active}:
        return -20
    if any(source.startswith("http:") for sources in policy.values() for source in sources):
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles:
        return 0
    return 10 if fallback == ["'none'"] else 5


def _cookies(response: HttpResponse) -> int:
    cookies: list[Morsel[Any]] = list(response.cookies.values())
    if not cookies:
        return 0
    if not all(cookie["httponly"] for cookie in cookies):
        return -30
    if not all(cookie["secure"] for cookie in cookies):
        return -20
    return 5 if all(cookie["samesite"] in {"Lax", "Strict"} for cookie in cookies) else 0


def _sharing(response: HttpResponse) -> int:
    return -50 if response.get("Access-Control-Allow-Credentials") else 0


def _transport(response: HttpResponse) -> int:
    found = re.search(r"max-age=(\d+)", response.get("Strict-Transport-Security", ""))
    if found is None:
        return -20
    return 0 if int(found[1]) >= HALF_A_YEAR else -10


def _scripts(response: HttpResponse) -> int:
    foreign = re.findall(r'<script[^>]+src="(?:https?:)?//', response.text)
    return -5 if foreign else 0


def _sniffing(response: HttpResponse) -> int:
    return 0 if response.get("X-Content-Type-Options") == "nosniff" else -5


def _framing(response: HttpResponse) -> int:
    if policy_of(response).get("frame-ancestors") in (["'none'"], ["'self'"]):
        return 5
    return 0 if response.get("X-Frame-Options") in {"DENY", "SAMEORIGIN"} else -20


def _referrer(response: HttpResponse) -> int:
    policy = response.get("Referrer-Policy", "")
    if not policy:
        return 0
    return 5 if policy in PRIVATE_REFERRERS else -5


def _resources(response: HttpResponse) -> int:
    allowed = response.get("Cross-Origin-Resource-Policy", "")
    return 10 if allowed in {"same-origin", "same-site"} else 0


RULES = (
    _content_policy,
    _cookies,
    _sharing,
    _transport,
    _scripts,
    _sniffing,
    _framing,
    _referrer,
    _resources,
)
