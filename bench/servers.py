"""The servers that are measured, all of them on one core and on loopback ports."""

from __future__ import annotations

import getpass
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.machine import SERVER_CORES, TOP, pinned_to, program
from tests.stack import configuration
from tests.stack.configuration import HOST, Ports
from tests.stack.processes import Process

# Answers are shown to nobody, so that every run may use the same key.
SECRET_KEY = "a-key-for-benchmarks-0123456789-abcdefghijklmnopqrstuvwxyz"  # noqa: S105
PRODUCTION = "gunicorn.conf.py"
WITHOUT_ANALYSER = "bench/gunicorn_without_analyser.py"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Loopback ports from `base` on; PostgreSQL and nginx take the first ten (`Ports`)."""

    base: int

    @property
    def stack(self) -> Ports:
        return Ports(self.base)

    @property
    def cache(self) -> int:
        """nginx with its cache, as in deploy/ but without TLS."""
        return self.base + 1

    @property
    def stored(self) -> int:
        return self.base + 10

    @property
    def files(self) -> int:
        return self.base + 11

    @property
    def function(self) -> int:
        return self.base + 12

    @property
    def django(self) -> int:
        return self.base + 13

    def other(self, number: int) -> int:
        """One of the ports that parts of a run use for themselves."""
        return self.base + 20 + number


def site_environment(database_url: str, port: int, **more: str) -> dict[str, str]:
    """Return the environment of a site on that port, as in production but for TLS."""
    return {
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "PYTHONUNBUFFERED": "1",
        "ENV_FILE": "",
        "DEBUG": "false",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": SECRET_KEY,
        "ALLOWED_HOSTS": HOST,
        "SITE_URL": f"http://{HOST}:{port}",
        "DATABASE_URL": database_url,
        "EMAIL_URL": "memorymail://",
        # Writers are told apart by the address that a proxy would name.
        "TRUSTED_PROXIES": "1",
        **more,
    }


@contextmanager
def running(*processes: Process) -> Iterator[None]:
    """Start processes on the servers' core, and stop them whatever happens."""
    begun: list[Process] = []
    try:
        with pinned_to(SERVER_CORES):
            for process in processes:
                begun.append(process)
                process.start()
        yield
    finally:
        for process in reversed(begun):
            process.stop()


def gunicorn(
    name: str, application: str, port: int, folder: Path, environment: dict[str, str], config: str
) -> Process:
    """Return a server with the options of deploy/systemd/pildam@.service."""
    options = "--workers 1 --threads 8 --timeout 60 --graceful-timeout 30 --keep-alive 5"
    command = [sys.executable, "-m", "gunicorn", application, "--config", config]
    command += ["--bind", f"{HOST}:{port}", *options.split()]
    command += ["--worker-tmp-dir", "/dev/shm", "--log-level", "warning"]  # noqa: S108
    return Process(name, command, folder / f"{name}.log", environment, TOP, port)


def site(
    name: str, port: int, folder: Path, environment: dict[str, str], config: str = PRODUCTION
) -> Process:
    return gunicorn(name, "config.wsgi", port, folder, environment, config)


def bare(kind: str, port: int, folder: Path, answers: Path) -> Process:
    """Return a server of `bench.bare`: its `function`, or its `django` view."""
    environment = {"PATH": os.environ["PATH"], "BENCH_ANSWERS": str(answers)}
    return gunicorn(
        f"bare-{kind}", f"bench.bare:{kind}", port, folder, environment, WITHOUT_ANALYSER
    )


def nginx(addresses: Addresses, folder: Path, application_port: int) -> Process:
    """Return nginx, of whose files `tests.stack` has written those that hold no address.

    It keeps pages of the application as in production, and beside that serves `files`.
    """
    ports, own = addresses.stack, folder / "nginx"
    site_text = (TOP / "deploy/nginx/pildam.conf").read_text()
    text = configuration.nginx_site(site_text, folder, ports)
    for instance in ports.instances:
        text = text.replace(f"{HOST}:{instance}", f"{HOST}:{application_port}")
    text = re.sub(r"^\s*ssl_.*\n", "", text, flags=re.MULTILINE).replace(" ssl http2", "")
    (own / "site.conf").write_text(text + _files(addresses.files, folder / "files"))
    user = getpass.getuser() if os.geteuid() == 0 else ""
    main = configuration.replaced(
        configuration.nginx_main(folder, user),
        # Without TLS, whole pages of more than 64 kB would wait for the client's delayed
        # acknowledgement on loopback, whose packets are that large.
        [("worker_processes 2", "worker_processes 1"), ("tcp_nopush on", "tcp_nopush off")],
    )
    (own / "nginx.conf").write_text(main)
    command = [program("nginx"), "-c", str(own / "nginx.conf")]
    environment = {"PATH": os.environ["PATH"]}
    return Process("nginx", command, folder / "nginx.log", environment, TOP, addresses.cache)


def _files(port: int, folder: Path) -> str:
    """Return a server with nothing but files."""
    return f"""
server {{
    listen {HOST}:{port};
    access_log off;
    root {folder};
    default_type text/html;
}}
"""
