"""nginx before two instances, PostgreSQL, Redis and the workers, from the files of deploy/."""

from __future__ import annotations

import getpass
import hashlib
import json
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.stack import configuration
from tests.stack.configuration import HOST, Ports
from tests.stack.processes import BOOT_SECONDS, Process, StackError, Watch

TOP = Path(__file__).resolve().parent.parent.parent
DEPLOY = TOP / "deploy"
PACKAGES = ("nginx", "openssl", "postgresql", "redis-server")
WORKERS = ("mail", "pictures", "search", "announcements", "purges")


class Stack:
    """All processes by name in `processes`; the first started come first."""

    def __init__(self, folder: Path, ports: Ports) -> None:
        self.folder = folder.resolve()
        self.ports = ports
        self.processes: dict[str, Process] = {}
        self._watch: Watch | None = None
        self._postgresql = _postgresql_folder()

    # What is there before anything is started.

    def prepare(self) -> None:
        """Write every file that the processes read, from deploy/ and for these ports."""
        for name in ("log", "mail", "media", "static", "imports", "redis", "nginx/pildam"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        kept = self.secrets()
        self._write_nginx(kept["purge"])
        self.write_environment({})
        text = (DEPLOY / "redis/pildam.conf").read_text()
        (self.folder / "redis.conf").write_text(configuration.redis(text, self.folder, self.ports))
        self._prepare_postgresql(kept)

    def secrets(self) -> dict[str, str]:
        """The keys of this stack, made the first time and kept."""
        path = self.folder / "secrets.json"
        if not path.exists():
            made = {
                name: secrets.token_urlsafe(48) for name in ("key", "database", "purge", "root")
            }
            path.touch(mode=0o600)
            path.write_text(json.dumps(made))
        found: dict[str, str] = json.loads(path.read_text())
        return found

    def write_environment(self, additions: dict[str, str]) -> None:
        """Write what processes read when they start, with more variables than production's."""
        text = (DEPLOY / "environment.example").read_text()
        made = configuration.environment(text, self.folder, self.ports, self.secrets())
        path = self.folder / "environment"
        path.touch(mode=0o600)
        path.write_text(made + "".join(f"{name}={value}\n" for name, value in additions.items()))

    def _write_nginx(self, secret: str) -> None:
        source, target = DEPLOY / "nginx", self.folder / "nginx"
        site = configuration.nginx_site(
            (source / "pildam.conf").read_text(), self.folder, self.ports
        )
        (target / "site.conf").write_text(site)
        pages = configuration.nginx_pages((source / "pages.conf").read_text(), self.folder)
        (target / "pildam/pages.conf").write_text(pages)
        shutil.copy(source / "proxy.conf", target / "pildam/proxy.conf")
        if list(Path("/etc/nginx/modules-enabled").glob("*brotli-static*")):
            shutil.copy(source / "brotli.conf", target / "pildam/brotli.conf")
        path = target / "pildam/secret.conf"
        path.touch(mode=0o600)
        text = (source / "secret.conf.example").read_text()
        path.write_text(configuration.nginx_secret(text, secret))
        # Workers of root's nginx stay root, because a clone may lie where others cannot look.
        user = getpass.getuser() if os.geteuid() == 0 else ""
        (target / "nginx.conf").write_text(configuration.nginx_main(self.folder, user))
        if not (target / "tls.key").exists():
            self.run(
                [
                    "openssl",
                    "req",
                    "-x509",
                    "-newkey",
                    "ec",
                    "-pkeyopt",
                    "ec_paramgen_curve:P-256",
                    "-nodes",
                    "-days",
                    "365",
                    "-subj",
                    f"/CN={HOST}",
                    "-addext",
                    f"subjectAltName=IP:{HOST}",
                    "-keyout",
                    str(target / "tls.key"),
                    "-out",
                    str(target / "tls.crt"),
                ]
            )

    def _prepare_postgresql(self, kept: dict[str, str]) -> None:
        data = self.database_folder
        if not (data / "PG_VERSION").exists():
            self._make_cluster(data, kept["root"])
        text = (DEPLOY / "postgresql/pildam.conf").read_text()
        (data / "pildam.conf").write_text(configuration.postgresql(text, self.ports))
        main = data / "postgresql.conf"
        line = "include_if_exists = 'pildam.conf'\n"
        if line not in main.read_text():
            with main.open("a") as file:
                file.write(line)

    def _make_cluster(self, data: Path, password: str) -> None:
        user = self._database_user
        data.mkdir(parents=True, exist_ok=True)
        file = data.with_name("postgresql-password")
        file.touch(mode=0o600)
        file.write_text(password)
        if user:
            shutil.chown(data, user, user)
            shutil.chown(file, user, user)
        self.run(
            [
                str(self._postgresql / "initdb"),
                "--pgdata",
                str(data),
                "--username",
                "postgres",
                "--auth",
                "scram-sha-256",
                "--pwfile",
                str(file),
                "--encoding",
                "UTF8",
                "--locale",
                "C.UTF-8",
            ],
            user=user,
        )
        file.unlink()

    @property
    def _database_user(self) -> str:
        """PostgreSQL refuses to be root; Debian's package has made this account."""
        return "postgres" if os.geteuid() == 0 else ""

    @property
    def database_folder(self) -> Path:
        """Below the stack's own folder, or where PostgreSQL's account can look."""
        own = self.folder / "postgresql"
        user = self._database_user
        if not user or _may_enter(user, self.folder):
            return own
        digest = hashlib.sha256(str(self.folder).encode()).hexdigest()[:8]
        return Path(f"/var/tmp/pildam-stack-{digest}/postgresql")  # noqa: S108

    # Processes

    def start(self) -> None:
        """Start everything, with the sample essays in the database."""
        self.start_databases()
        self.manage("migrate", "--verbosity", "0")
        self.manage("prepare_demo", "--credentials", str(self.folder / "demo-account.txt"))
        self.manage("collectstatic", "--no-input", "--verbosity", "0")
        for port in self.ports.instances:
            self.add(self._instance(port))
        self.add(
            self._process(
                "nginx",
                [_program("nginx"), "-c", f"{self.folder}/nginx/nginx.conf"],
                port=self.ports.https,
                stop_signal=signal.SIGQUIT,
            )
        )
        for kind in WORKERS:
            self.add(
                self._process(f"worker-{kind}", [str(DEPLOY / "worker"), kind], is_done_at_0=True)
            )
        self._watch = Watch(list(self.processes.values()))
        self._watch.start()

    def start_databases(self) -> None:
        self.add(
            self._process(
                "postgresql",
                [str(self._postgresql / "postgres"), "-D", str(self.database_folder)],
                port=self.ports.postgresql,
                user=self._database_user,
                # Sessions are ended instead of waited for.
                stop_signal=signal.SIGINT,
            )
        )
        self.add(
            self._process(
                "redis",
                [_program("redis-server"), str(self.folder / "redis.conf")],
                port=self.ports.redis,
            )
        )
        self.wait_for_postgresql(self.ports.postgresql)
        kept = self.secrets()
        self.query(
            "SELECT format('CREATE ROLE pildam LOGIN PASSWORD %L', :'password')"
            " WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'pildam') \\gexec\n"
            "SELECT 'CREATE DATABASE pildam OWNER pildam'"
            " WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'pildam') \\gexec\n",
            password=kept["database"],
        )

    def wait_for_postgresql(self, port: int) -> None:
        """Wait until the server lets anybody in, which it does not while it recovers."""
        ready = [str(self._postgresql / "pg_isready"), "--quiet"]
        ready += [f"--host={HOST}", f"--port={port}"]
        deadline = time.monotonic() + BOOT_SECONDS
        while subprocess.run(ready, env=self.environment(), check=False).returncode:
            if time.monotonic() > deadline:
                raise StackError(f"PostgreSQL on port {port} does not become ready")
            time.sleep(0.2)

    def query(
        self, sql: str, *, database: str = "postgres", port: int = 0, **variables: str
    ) -> str:
        """Run psql as PostgreSQL's superuser, and return what it prints."""
        given = [f"--set={name}={value}" for name, value in variables.items()]
        return self.run(
            [
                str(self._postgresql / "psql"),
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                f"--host={HOST}",
                f"--port={port or self.ports.postgresql}",
                "--username=postgres",
                "--set=ON_ERROR_STOP=1",
                *given,
                database,
            ],
            given=sql,
            PGPASSWORD=self.secrets()["root"],
        )

    def manage(self, *arguments: str) -> str:
        """Run manage.py as the site does, and return what it prints."""
        return self.run([sys.executable, "manage.py", *arguments])

    def stop(self) -> None:
        """Stop everything that was started, the last first."""
        if self._watch is not None:
            self._watch.stop()
        for process in reversed(self.processes.values()):
            process.stop()

    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return kept | {
            "ENV_FILE": str(self.folder / "environment"),
            "LANG": "C.UTF-8",
            "PYTHONUNBUFFERED": "1",
        }

    def _instance(self, port: int) -> Process:
        """The command is that of deploy/systemd/pildam@.service."""
        unit = (DEPLOY / "systemd/pildam@.service").read_text()
        line = unit.partition("ExecStart=")[2].partition("\nExecReload")[0].replace("\\\n", " ")
        command = line.replace("/srv/pildam/current/", f"{TOP}/").replace("%i", str(port)).split()
        return self._process(f"instance-{port}", command, port=port)

    def _process(self, name: str, command: list[str], **options: object) -> Process:
        log = self.folder / "log" / f"{name}.log"
        return Process(name, command, log, self.environment(), TOP, **options)  # type: ignore[arg-type]

    def add(self, process: Process) -> None:
        self.processes[process.name] = process
        process.start()

    def run(self, command: list[str], *, user: str = "", given: str = "", **more: str) -> str:
        """Run a program to its end, for root as somebody else if asked, and return its output."""
        switched = ["setpriv", "--reuid", user, "--regid", user, "--init-groups"] if user else []
        done = subprocess.run(
            [*switched, *command],
            cwd="/" if user else TOP,
            env=self.environment() | more,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise StackError(f"{' '.join(command[:3])} failed:\n{done.stdout}{done.stderr}")
        return done.stdout


@contextmanager
def running_stack(folder: Path, base: int) -> Iterator[Stack]:
    """Bring the whole stack up, and take it down whatever happens."""
    install_packages()
    stack = Stack(folder, Ports(base))
    try:
        stack.prepare()
        stack.start()
        yield stack
    finally:
        stack.stop()


def install_packages() -> None:
    """Let root's Debian fetch what is missing, without starting services of its own."""
    if all(map(_found, ("nginx", "openssl", "redis-server"))) and _postgresql_folders():
        return
    command = ["apt-get", "install", "-y", "--no-install-recommends", *PACKAGES]
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StackError(f"programs are missing: as root, run {' '.join(command)}")
    print(f"Installing {', '.join(PACKAGES)} …")
    # In run level 1 Debian starts no service when it installs one.
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive", "RUNLEVEL": "1"}
    for step in (["apt-get", "update", "-qq"], command):
        subprocess.run(step, env=quiet, check=True, stdout=subprocess.DEVNULL)


def _found(program: str) -> str | None:
    # Debian keeps servers where a plain user's path does not lead.
    return shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


def _program(name: str) -> str:
    if path := _found(name):
        return path
    raise StackError(f"{name} is missing: as root, run apt-get install {' '.join(PACKAGES)}")


def _postgresql_folders() -> list[Path]:
    found = Path("/usr/lib/postgresql").glob("*/bin")
    return sorted((path for path in found if (path / "initdb").exists()), key=_version)


def _version(path: Path) -> int:
    return int(path.parent.name)


def _postgresql_folder() -> Path:
    """The programs of the newest PostgreSQL that Debian has installed."""
    if folders := _postgresql_folders():
        return folders[-1]
    raise StackError(f"PostgreSQL is missing: as root, run apt-get install {' '.join(PACKAGES)}")


def _may_enter(user: str, folder: Path) -> bool:
    account = pwd.getpwnam(user)
    looked = ["setpriv", "--reuid", user, "--regid", str(account.pw_gid), "--init-groups"]
    return subprocess.run([*looked, "test", "-x", str(folder)], check=False).returncode == 0
