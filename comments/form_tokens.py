"""The token in the comment form: signed, carries its time, good for one comment.

The signature says that the form came from here, and for which article; the time says how long
somebody took to fill it in. That a token is used once is the database's to guarantee: its
nonce is unique among comments.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer

_signer = Signer(salt="comments.form")
_MAX_LENGTH = 200


@dataclass(frozen=True, slots=True)
class FormToken:
    """What a genuine token says: its nonce, and how many seconds ago it was handed out."""

    nonce: str
    age: float


def issue(article_id: int) -> str:
    """Return a new token for a form under the article."""
    return _signer.sign(f"{article_id}.{secrets.token_hex(16)}.{int(time.time() * 1000)}")


def read(token: str, article_id: int) -> FormToken | None:
    """Return what the token says; None for one that is missing, forged or another article's."""
    if not token or len(token) > _MAX_LENGTH:
        return None
    try:
        owner, nonce, milliseconds = _signer.unsign(token).split(".")
    except (BadSignature, ValueError):
        return None
    if owner != str(article_id):
        return None
    return FormToken(nonce, age=time.time() - int(milliseconds) / 1000)
