"""The caches that can be told: nginx of our own, Fastly, Cloudflare. Chosen by the environment.

Requests go to addresses that the operator has configured and to nowhere else; nothing that anybody
writes has a say in where. None is redirected, and each has ten seconds.
"""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import requests
from django.conf import settings

from articles.purging.addresses import addresses_of

_SECONDS = 10
# Each is kept apart by nginx (deploy/nginx/pildam.conf).
_ENCODINGS = ("br", "gzip", "identity")


class PurgeError(Exception):
    """A cache did not do what it was told; says which and why, without a secret."""


class Purger(Protocol):
    """`purge` drops or renews every page with any of the tags, or raises PurgeError."""

    def purge(self, tags: Collection[str]) -> None: ...


@dataclass(frozen=True, slots=True)
class NginxPurger:
    """Has nginx fetch pages anew by a header that only we know (`proxy_cache_bypass`).

    `addresses` are those of the nginx servers as this machine reaches them; `host` is the site's.
    """

    addresses: Sequence[str]
    host: str
    secret: str

    def purge(self, tags: Collection[str]) -> None:
        paths = addresses_of(tags)
        for address in self.addresses:
            with closing(_connection(address, self.host)) as nginx:
                for path in paths:
                    for encoding in _ENCODINGS:
                        self._refresh(nginx, path, encoding)

    def _refresh(self, nginx: http.client.HTTPConnection, path: str, encoding: str) -> None:
        headers = {
            "Host": self.host,
            "User-Agent": "Pildam purger",
            "Accept-Encoding": encoding,
            "X-Pildam-Refresh": self.secret,
        }
        try:
            nginx.request("GET", path, headers=headers)
            answer = nginx.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise PurgeError(f"nginx does not answer: {type(error).__name__}") from error
        if answer.status >= 500:
            raise PurgeError(f"nginx answers {answer.status}.")
        if answer.headers.get("X-Cache") != "BYPASS":
            raise PurgeError(
                "nginx does not know the secret: compare PURGE_SECRET and secret.conf."
            )


class _NamedConnection(http.client.HTTPSConnection):
    """To a server that shows the certificate of the site, whatever its own address."""

    def __init__(self, host: str, port: int, *, shown: str) -> None:
        self._context = ssl.create_default_context()
        self._shown = shown
        if _is_loopback(host):
            # Nobody else is on the way, and a server to be tried has no certificate for it.
            self._context.check_hostname = False
            self._context.verify_mode = ssl.CERT_NONE
        super().__init__(host, port, timeout=_SECONDS, context=self._context)

    def connect(self) -> None:
        plain = socket.create_connection((self.host, self.port), timeout=self.timeout)
        self.sock = self._context.wrap_socket(plain, server_hostname=self._shown)


def _connection(address: str, host: str) -> http.client.HTTPConnection:
    parts = urlsplit(address)
    name = parts.hostname or ""
    if parts.scheme == "http":
        return http.client.HTTPConnection(name, parts.port or 80, timeout=_SECONDS)
    return _NamedConnection(name, parts.port or 443, shown=host)


def _is_loopback(name: str) -> bool:
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class FastlyPurger:
    """https://www.fastly.com/documentation/reference/api/purging/ (at most 256 keys at once)."""

    service: str
    token: str
    api: str = "https://api.fastly.com"

    def purge(self, tags: Collection[str]) -> None:
        for some in _portions(tags, 256):
            _post(
                "Fastly",
                f"{self.api}/service/{self.service}/purge",
                {"Fastly-Key": self.token, "Accept": "application/json"},
                {"surrogate_keys": some},
            )


@dataclass(frozen=True, slots=True)
class CloudflarePurger:
    """https://developers.cloudflare.com/cache/how-to/purge-cache/purge-by-tags/ (100 at once)."""

    zone: str
    token: str
    api: str = "https://api.cloudflare.com/client/v4"

    def purge(self, tags: Collection[str]) -> None:
        for some in _portions(tags, 100):
            answer = _post(
                "Cloudflare",
                f"{self.api}/zones/{self.zone}/purge_cache",
                {"Authorization": f"Bearer {self.token}"},
                {"tags": some},
            )
            # It may say no with status 200.
            if not (isinstance(answer, dict) and answer.get("success") is True):
                raise PurgeError("Cloudflare says that it has not purged.")


def _portions(tags: Collection[str], most: int) -> Iterator[list[str]]:
    ordered = sorted(tags)
    for start in range(0, len(ordered), most):
        yield ordered[start : start + most]


def _post(name: str, address: str, headers: dict[str, str], body: dict[str, list[str]]) -> object:
    try:
        answer = requests.post(
            address, json=body, headers=headers, timeout=_SECONDS, allow_redirects=False
        )
    except requests.RequestException as error:
        raise PurgeError(f"{name} does not answer: {type(error).__name__}") from error
    if answer.status_code != 200:
        raise PurgeError(f"{name} answers {answer.status_code}.")
    try:
        return answer.json()
    except ValueError as error:
        raise PurgeError(f"{name} answers what is no JSON.") from error


def purgers() -> list[Purger]:
    """Return the caches that the environment names."""
    found: list[Purger] = []
    if settings.PURGE_NGINX_URLS:
        host = urlsplit(settings.SITE_URL).hostname or ""
        found.append(NginxPurger(settings.PURGE_NGINX_URLS, host, settings.PURGE_SECRET))
    if settings.FASTLY_SERVICE_ID:
        found.append(FastlyPurger(settings.FASTLY_SERVICE_ID, settings.FASTLY_TOKEN))
    if settings.CLOUDFLARE_ZONE_ID:
        found.append(CloudflarePurger(settings.CLOUDFLARE_ZONE_ID, settings.CLOUDFLARE_TOKEN))
    return found
