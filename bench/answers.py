"""What a site has answered, kept so that others can answer the same."""

from __future__ import annotations

import http.client
import pickle
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

HOST = "127.0.0.1"
# What a server says of the connection, and adds by itself.
_OF_THE_SERVER = {"connection", "date", "server", "transfer-encoding", "keep-alive"}


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def has_succeeded(self) -> bool:
        return self.status.startswith("200 ")


def ask(port: int, path: str, headers: dict[str, str] | None = None) -> Answer:
    """Ask a server on loopback; headers that belong to the connection are left out."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path, headers=headers or {})
        answer = connection.getresponse()
        body = answer.read()
        said = [
            (name, value)
            for name, value in answer.getheaders()
            if name.lower() not in {*_OF_THE_SERVER, "content-length"}
        ]
        said.append(("Content-Length", str(len(body))))
        return Answer(f"{answer.status} {answer.reason}", said, body)
    finally:
        connection.close()


def write_answers(file: Path, answers: dict[str, Answer]) -> None:
    """Keep answers by the path that was asked for, without its query."""
    rows = {
        # As WSGI spells a path.
        unquote(urlsplit(path).path).encode().decode("latin-1"): (
            answer.status,
            answer.headers,
            answer.body,
        )
        for path, answer in answers.items()
    }
    file.write_bytes(pickle.dumps(rows))


def read_answers(file: Path) -> dict[str, Answer]:
    """Return what `write_answers` has kept, by the path as WSGI spells it."""
    rows = pickle.loads(file.read_bytes())  # noqa: S301 - written by this very run
    return {path: Answer(*row) for path, row in rows.items()}
