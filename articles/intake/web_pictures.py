"""Pictures that an import fetches from the web, when the operator asks for it."""

from __future__ import annotations

from collections import Counter
from urllib.parse import urlsplit

from django.conf import settings

from articles.importing.documents import ImportFailure
from articles.outbound import Limits, OutboundError, fetch

_ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif;q=0.9"
_LIMITS = Limits(bytes=20_000_000, seconds=10)
# A host that has failed so often in a row is not asked again in this run.
_PATIENCE = 3


class PictureFetcher:
    """Fetches one picture after the other, and remembers which hosts do not answer."""

    def __init__(self) -> None:
        self._failures: Counter[str] = Counter()

    def __call__(self, address: str) -> bytes:
        """Return the bytes of a picture at a web address. Raises ImportFailure."""
        address = web_address(address)
        try:
            host = urlsplit(address).hostname or ""
        except ValueError as error:
            raise ImportFailure("could not be fetched (it is not a web address)") from error
        if self._failures[host] >= _PATIENCE:
            raise ImportFailure(f"was not fetched (its host has failed {_PATIENCE} times in a row)")
        try:
            data = fetch(address, accept=_ACCEPT, agent=_agent(), limits=_LIMITS)
        except OutboundError as error:
            self._failures[host] += 1
            raise ImportFailure(f"could not be fetched ({error})") from error
        self._failures[host] = 0
        return data


def web_address(reference: str) -> str:
    """Return the address with a scheme, which pages may leave to the browser."""
    return f"https:{reference}" if reference.startswith("//") else reference


def _agent() -> str:
    return f"Pildam ({settings.SITE_URL})"
