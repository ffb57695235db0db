"""Asking whether a PostgreSQL is there, without a session of its own.

libpq's own `PQping` does the same, but psycopg keeps all other threads waiting for it.
"""

from __future__ import annotations

import socket
import struct

# "May I use TLS?", which a server answers by one letter before it asks who is there.
# https://www.postgresql.org/docs/current/protocol-message-formats.html (SSLRequest)
_SSL_REQUEST = struct.pack("!ii", 8, 80877103)


def answers(host: str, port: int, seconds: float) -> bool:
    """Whether the server at a host, or in the folder of a local socket, answers soon enough."""
    try:
        with _connected(host, port, seconds) as server:
            server.settimeout(seconds)
            server.sendall(_SSL_REQUEST)
            return bool(server.recv(1))
    except OSError:
        return False


def _connected(host: str, port: int, seconds: float) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port), seconds)
    server = socket.socket(socket.AF_UNIX)
    server.settimeout(seconds)
    try:
        server.connect(f"{host}/.s.PGSQL.{port}")
    except OSError:
        server.close()
        raise
    return server
