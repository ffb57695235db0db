"""A reader with cookies, and many readers at once, for drills against the stack."""

from __future__ import annotations

import http.client
import re
import ssl
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode

from tests.stack.configuration import HOST, Ports

_FIELD = re.compile(r"<input\b[^>]*>")
_ATTRIBUTE = re.compile(r'\b(name|value|type)="([^"]*)"')


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass
class Client:
    """A browser at one port: nginx, or an instance as nginx would ask it.

    `address` is whom an instance takes it for, and `user_agent` what it says of itself.
    """

    ports: Ports
    port: int
    address: str = "203.0.113.1"
    user_agent: str = "Mozilla/5.0 (drill)"
    cookies: dict[str, str] = field(default_factory=dict)

    def request(self, method: str, path: str, form: dict[str, str] | None = None) -> Answer:
        body = urlencode(form) if form is not None else None
        headers = {
            "Host": f"{HOST}:{self.ports.https}",
            "Origin": self.ports.site_url,
            "User-Agent": self.user_agent,
        }
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.port != self.ports.https:
            headers |= {"X-Forwarded-For": self.address, "X-Forwarded-Proto": "https"}
        connection = connect(self.port, tls=self.port == self.ports.https)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", []):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            text = answer.read().decode(errors="replace")
            return Answer(answer.status, {k.lower(): v for k, v in answer.headers.items()}, text)
        finally:
            connection.close()

    def get(self, path: str) -> Answer:
        return self.request("GET", path)

    def submit(self, path: str, fields: dict[str, str], *, marked_by: str) -> Answer:
        """Fill in the form of a page that has a field of the name `marked_by`, and send it."""
        page = self.get(path).text
        forms = [form for form in page.split("<form")[1:] if f'name="{marked_by}"' in form]
        if not forms:
            raise AssertionError(f"{path} has no form with {marked_by}")
        return self.request("POST", path, hidden_fields(forms[0].split("</form>")[0]) | fields)


def connect(port: int, *, tls: bool) -> http.client.HTTPConnection:
    if not tls:
        return http.client.HTTPConnection(HOST, port, timeout=40)
    # The stack's certificate is its own.
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return http.client.HTTPSConnection(HOST, port, timeout=40, context=context)


def hidden_fields(html: str) -> dict[str, str]:
    """Return what a form sends besides what its reader types."""
    found = (dict(_ATTRIBUTE.findall(tag)) for tag in _FIELD.findall(html))
    return {
        tag["name"]: unescape(tag.get("value", ""))
        for tag in found
        if tag.get("type") == "hidden" and "name" in tag
    }


@dataclass
class Load:
    """Readers and writers that go on until told to stop; `failures` are what no page answered.

    A redirect, a refusal and a limit are answers; a broken connection and a 5xx are not.
    """

    ports: Ports
    paths: list[str]
    # Posted without a form's token: the application refuses it, which is an answer.
    posted: str
    readers: int = 6
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def __enter__(self) -> Load:
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=self._read, args=(n,)) for n in range(self.readers)
        ]
        self._threads.append(threading.Thread(target=self._write))
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        for thread in self._threads:
            thread.join()

    def _read(self, number: int) -> None:
        count = number
        while not self._is_over.is_set():
            count += self.readers
            # An argument that nginx does not know goes past its cache.
            self._ask("GET", f"{self.paths[count % len(self.paths)]}?drill={count}")

    def _write(self) -> None:
        while not self._is_over.wait(0.2):
            self._ask("POST", self.posted)

    def _ask(self, method: str, path: str) -> None:
        start = time.monotonic()
        connection = connect(self.ports.https, tls=True)
        try:
            connection.request(method, path, b"" if method == "POST" else None)
            answer = connection.getresponse()
            answer.read()
            self.statuses[f"{method} {answer.status}"] += 1
            if answer.status >= 500:
                self.failures.append(f"{method} {path}: {answer.status}")
        except (OSError, http.client.HTTPException) as error:
            self.failures.append(f"{method} {path}: {error!r}")
        finally:
            connection.close()
        self.slowest = max(self.slowest, time.monotonic() - start)

    def told(self) -> str:
        counts = ", ".join(f"{count} × {status}" for status, count in sorted(self.statuses.items()))
        return f"{counts}; slowest {self.slowest:.1f} s; {len(self.failures)} failed"
