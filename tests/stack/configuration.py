"""The files of deploy/ with other paths and ports in the place of production's. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

HOST = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    """Ten loopback ports in a row, from `base` on."""

    base: int

    @property
    def http(self) -> int:
        return self.base

    @property
    def https(self) -> int:
        return self.base + 1

    @property
    def instances(self) -> tuple[int, int]:
        return self.base + 2, self.base + 3

    @property
    def postgresql(self) -> int:
        return self.base + 4

    @property
    def redis(self) -> int:
        return self.base + 5

    @property
    def replica(self) -> int:
        return self.base + 6

    @property
    def objects(self) -> int:
        return self.base + 7

    @property
    def site_url(self) -> str:
        return f"https://{HOST}:{self.https}"


class ConfigurationError(Exception):
    """A file of deploy/ has changed and no longer holds what was to be replaced."""


def replaced(text: str, changes: list[tuple[str, str]]) -> str:
    """Make the changes one after the other; raises ConfigurationError for one without effect."""
    for old, new in changes:
        if old not in text:
            raise ConfigurationError(f"there is no {old!r} any more")
        text = text.replace(old, new)
    return text


def nginx_site(text: str, folder: Path, ports: Ports) -> str:
    """Return deploy/nginx/pildam.conf for the stack whose data lie in `folder`."""
    first, second = ports.instances
    text = re.sub(r"^ *listen \[::\].*\n", "", text, flags=re.MULTILINE)
    return replaced(
        text,
        [
            ("/etc/letsencrypt/live/pildam.example/fullchain.pem", f"{folder}/nginx/tls.crt"),
            ("/etc/letsencrypt/live/pildam.example/privkey.pem", f"{folder}/nginx/tls.key"),
            ("https://pildam.example$", f"{ports.site_url}$"),
            ("server_name pildam.example;", f"server_name {HOST};"),
            ("listen 80", f"listen {HOST}:{ports.http}"),
            ("listen 443", f"listen {HOST}:{ports.https}"),
            ("127.0.0.1:8001", f"{HOST}:{first}"),
            ("127.0.0.1:8002", f"{HOST}:{second}"),
            ("/var/cache/nginx/pildam", f"{folder}/nginx/cache"),
            ("/var/log/pildam", f"{folder}/log"),
            ("/var/lib/pildam", f"{folder}"),
            ("/var/www/letsencrypt", f"{folder}/nginx"),
            ("/etc/nginx/pildam/", f"{folder}/nginx/pildam/"),
        ],
    )


def nginx_pages(text: str, folder: Path) -> str:
    """Return deploy/nginx/pages.conf for the stack."""
    return replaced(text, [("/etc/nginx/pildam/", f"{folder}/nginx/pildam/")])


def nginx_secret(text: str, secret: str) -> str:
    """Return deploy/nginx/secret.conf.example with the secret that purging workers send."""
    return replaced(text, [("change-me-to-PURGE_SECRET", secret)])


def nginx_main(folder: Path, user: str) -> str:
    """Return what Debian's /etc/nginx/nginx.conf is around the site; `user` is "" but for root."""
    return f"""{f"user {user};" if user else ""}
worker_processes 2;
pid {folder}/nginx/nginx.pid;
error_log {folder}/log/nginx.log warn;
daemon off;
include /etc/nginx/modules-enabled/*.conf;
events {{ worker_connections 1024; }}
http {{
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    sendfile on;
    tcp_nopush on;
    client_body_temp_path {folder}/nginx/body;
    proxy_temp_path {folder}/nginx/proxy;
    fastcgi_temp_path {folder}/nginx/fastcgi;
    uwsgi_temp_path {folder}/nginx/uwsgi;
    scgi_temp_path {folder}/nginx/scgi;
    include {folder}/nginx/site.conf;
}}
"""


def postgresql(text: str, ports: Ports) -> str:
    """Return deploy/postgresql/pildam.conf for a small machine that others use too."""
    changed = replaced(
        text,
        [
            ("shared_buffers = 512MB", "shared_buffers = 128MB"),
            ("effective_cache_size = 2GB", "effective_cache_size = 1GB"),
            ("maintenance_work_mem = 256MB", "maintenance_work_mem = 64MB"),
        ],
    )
    return f"{changed}\nport = {ports.postgresql}\nunix_socket_directories = ''\nlog_timezone = 'UTC'\n"


def redis(text: str, folder: Path, ports: Ports) -> str:
    """Return deploy/redis/pildam.conf for the stack."""
    return f"{text}\nport {ports.redis}\ndir {folder}/redis\nmaxclients 500\n"


def environment(text: str, folder: Path, ports: Ports, secrets: dict[str, str]) -> str:
    """Return deploy/environment.example for the stack."""
    changed = replaced(
        text,
        [
            ("SECRET_KEY=change-me", f"SECRET_KEY={secrets['key']}"),
            ("ALLOWED_HOSTS=pildam.example", f"ALLOWED_HOSTS={HOST}"),
            ("SITE_URL=https://pildam.example", f"SITE_URL={ports.site_url}"),
            (
                "postgres://pildam:change-me@127.0.0.1:5432/pildam",
                f"postgres://pildam:{secrets['database']}@{HOST}:{ports.postgresql}/pildam",
            ),
            ("redis://127.0.0.1:6379/0", f"redis://{HOST}:{ports.redis}/0"),
            (
                "EMAIL_URL=smtp+tls://user:change-me@mail.example:587",
                f"EMAIL_URL=filemail:///{folder}/mail",
            ),
            ("pildam@pildam.example", "pildam@localhost"),
            ("PURGE_NGINX_URLS=https://127.0.0.1", f"PURGE_NGINX_URLS={ports.site_url}"),
            ("change-me-to-PURGE_SECRET", secrets["purge"]),
            ("/var/lib/pildam", str(folder)),
            ("/var/backups/pildam", f"{folder}/backups"),
        ],
    )
    # Whoever tries it has no authenticator at hand.
    return f"{changed}REQUIRE_2FA=false\n"
