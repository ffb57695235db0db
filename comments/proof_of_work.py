"""Proof of work for what looks doubtful: some seconds of a machine's time, none of a person's.

The challenge is ALTCHA's (SHA-256, https://altcha.org/docs/), made and judged here and
solved by our own script; nobody else is asked. A solution is good once.
"""

from __future__ import annotations

import base64
import datetime
import json
import logging
from typing import Any

import altcha
from django.conf import settings
from django.core.cache import cache
from django.utils.crypto import salted_hmac

logger = logging.getLogger(__name__)

# About a second's work for a phone.
MAX_NUMBER = 200_000
LIFETIME = datetime.timedelta(minutes=10)
MAX_SOLUTION_LENGTH = 2_000


def new_challenge() -> dict[str, Any]:
    """Return a challenge as a page's script takes it."""
    expires = datetime.datetime.now(datetime.UTC) + LIFETIME
    options = altcha.ChallengeOptionsV1(
        algorithm="SHA-256", max_number=MAX_NUMBER, hmac_key=_key(), expires=expires
    )
    return altcha.create_challenge_v1(options).to_dict()


def is_given(solution: str) -> bool:
    """Whether the solution is right, in time, and was not given before."""
    payload = _payload_of(solution)
    if payload is None:
        return False
    is_right, _ = altcha.verify_solution_v1(payload, _key(), check_expires=True)
    return is_right and _is_first_use(payload.challenge)


def _payload_of(solution: str) -> altcha.PayloadV1 | None:
    """Return what the script has sent, if it is of the shape that ALTCHA describes."""
    if not solution or len(solution) > MAX_SOLUTION_LENGTH:
        return None
    try:
        payload = json.loads(base64.b64decode(solution, validate=True))
    except (ValueError, RecursionError):
        return None
    texts = ("algorithm", "challenge", "salt", "signature")
    is_whole = (
        isinstance(payload, dict)
        # ASCII, because JSON can spell half a character, of which no digest is made.
        and all(isinstance(payload.get(name), str) and payload[name].isascii() for name in texts)
        and isinstance(payload.get("number"), int)
    )
    if not is_whole:
        return None
    return altcha.PayloadV1(**{name: payload[name] for name in (*texts, "number")})


def _is_first_use(challenge: str) -> bool:
    """Whether nobody has used the solution before; while the cache is away nobody can say."""
    try:
        return cache.add(f"proof:{challenge}", 1, int(LIFETIME.total_seconds()))
    # Every cache's library has errors of its own.
    except Exception as error:
        logger.warning("The cache is away, a proof of work may be used again: %r", error)
        return True


def _key() -> str:
    return salted_hmac("comments.proof.key", settings.SECRET_KEY, algorithm="sha256").hexdigest()
