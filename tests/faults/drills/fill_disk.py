"""Fill the disk below a site on SQLite, and let it fail: reading goes on, and nothing is half.

`python -m tests.faults.drills.fill_disk`, as root: database, pictures, logs and temporary files are on
a small ext4 in a file. Workers run beside the server, which is also killed and started again while the
disk is full. Then the kernel finds an error and lets nobody write any more, until the file system has
been repaired. Exit status 1 tells of a promise that was not kept.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import requests
from PIL import Image

from tests.faults.drills.promises import Promises, waited_for
from tests.faults.drills.writers import PATIENCE, Server

MEGABYTES = 96
SITE = """
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_article, make_image
make_image()
print(make_article("먹을 가는 시간").get_absolute_url())
print(signed_in(make_editor()).cookies["sessionid"].value)
"""
WORKERS = (
    ("send_mail_queue", "--watch", "1"),
    ("send_newsletter", "--watch", "1"),
    ("make_renditions", "--watch", "1"),
    ("rebuild_search", "--stale", "--watch", "1"),
)
CHECK = """
from django.db import connection
cursor = connection.cursor()
print(cursor.execute("PRAGMA integrity_check").fetchone()[0])
"""
_FIELD = re.compile(r'name="(csrfmiddlewaretoken|form_token)" value="([^"]+)"')


class Site:
    """A server and its workers on one disk, and a reader and an editor of it."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.server = Server(disk, f"sqlite:///{disk / 'site.sqlite3'}")
        self.server.environment |= {
            "TMPDIR": str(disk / "tmp"),
            "LOG_FORMAT": "json",
            # What readers are shown, and not what developers are.
            "DEBUG": "false",
            "STATIC_ROOT": str(disk / "static"),
        }
        (disk / "tmp").mkdir()
        self.server.manage("migrate", "--verbosity", "0")
        self.server.manage("collectstatic", "--no-input", "--verbosity", "0")
        self.path, self._session = self.server.python(SITE).split()
        self._number = 0
        self.start()

    def start(self) -> None:
        self._log = (self.disk / "workers.log").open("ab")
        self.workers = [self._started(worker) for worker in WORKERS]
        self.server.start()

    def _started(self, worker: tuple[str, ...]) -> subprocess.Popen[bytes]:
        command = [sys.executable, "manage.py", *worker]
        return subprocess.Popen(
            command, env=self.server.environment, stdout=self._log, stderr=self._log
        )

    def stop(self) -> None:
        for worker in self.workers:
            worker.terminate()
            worker.wait()
        self.server.stop()
        self._log.close()

    def get(self, path: str, **cookies: str) -> int:
        url = self.server.url(path)
        return requests.get(url, cookies=cookies, timeout=PATIENCE).status_code

    def read(self) -> list[int]:
        """Ask for what is stored, what is not, the discussion, the desk, and a form to sign in."""
        self._number += 1
        return [
            self.get(self.path),
            self.get(f"/articles/?drill={self._number}"),
            self.get(f"{self.path}comments/"),
            self.get("/admin/articles/article/", sessionid=self._session),
            self.get("/accounts/login/"),
        ]

    def comment(self) -> int:
        self._number += 1
        session = requests.Session()
        session.headers["X-Forwarded-For"] = f"198.18.{self._number // 250}.{self._number % 250}"
        page = session.get(self.server.url(f"{self.path}comments/"), timeout=PATIENCE)
        fields = dict(_FIELD.findall(page.text)) | {
            "name": f"독자 {self._number}",
            "password": "바람과나무",
            "body": f"{self._number}번째로 쓴 말. " * 150,
        }
        url = self.server.url(f"{self.path}comments/")
        answer = session.post(url, fields, timeout=PATIENCE, allow_redirects=False)
        return answer.status_code

    def upload(self) -> int:
        """Upload another picture."""
        self._number += 1
        url = self.server.url("/admin/articles/image/add/")
        session = requests.Session()
        session.cookies["sessionid"] = self._session
        form = dict(_FIELD.findall(session.get(url, timeout=PATIENCE).text))
        noise = Image.effect_noise((500 + self._number, 500), 90).convert("RGB")
        data = BytesIO()
        noise.save(data, "PNG")
        answer = session.post(
            url,
            form | {"alt": "붓"},
            files={"upload": ("그림.png", data.getvalue())},
            timeout=PATIENCE,
            allow_redirects=False,
        )
        return answer.status_code

    def half_files(self) -> list[str]:
        return [
            p.name for p in (self.disk / "media").rglob("*") if p.is_file() and not p.stat().st_size
        ]


class Disk:
    """An ext4 in a file; `folder` is where it is mounted."""

    def __init__(self, top: Path) -> None:
        self.folder = top / "disk"
        self.folder.mkdir()
        self._file = top / "disk.img"
        with self._file.open("wb") as file:
            file.truncate(MEGABYTES * 2**20)
        run("mkfs.ext4", "-q", self._file)
        self.mount()

    def mount(self) -> None:
        run("mount", "-o", "loop", self._file, self.folder)

    def unmount(self) -> None:
        run("umount", self.folder)

    def fail(self) -> None:
        """Let the kernel do what it does when it finds an error: nobody writes any more."""
        run("mount", "-o", "remount,abort", self.folder)

    def repair(self) -> None:
        self.unmount()
        subprocess.run(["e2fsck", "-fy", self._file], stdout=subprocess.DEVNULL, check=False)
        self.mount()

    @contextmanager
    def full(self) -> Iterator[None]:
        filler = self.folder / "filler"
        for size in (2**20, 512):
            with suppress(OSError), filler.open("ab", buffering=0) as file:
                while True:
                    file.write(bytes(size))
        try:
            yield
        finally:
            filler.unlink()


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True)


def filling(site: Site, disk: Disk, promises: Promises) -> None:
    promises.begin("the disk is full")
    before = [*site.read(), site.comment(), site.upload()]
    promises.judge("before, all is well", before == [200] * 5 + [303, 302], str(before))
    with disk.full():
        judge_without_writing(site, promises)
        site.server.stop(signal.SIGKILL)
        site.server.start()
        promises.judge("a server starts all the same", site.read() == [200] * 5, "")
    judge_again(site, promises)


def failing(site: Site, disk: Disk, promises: Promises) -> None:
    promises.begin("the disk can be read only")
    disk.fail()
    judge_without_writing(site, promises)
    site.stop()
    disk.repair()
    site.start()
    judge_again(site, promises)


def judge_without_writing(site: Site, promises: Promises) -> None:
    read, written = site.read(), [site.comment(), site.upload(), site.comment(), site.upload()]
    promises.judge("pages are shown", read == [200] * 5, str(read))
    promises.judge("what would be written is 503", written == [503] * 4, str(written))
    read = site.read()
    promises.judge("pages are shown afterwards", read == [200] * 5, str(read))


def judge_again(site: Site, promises: Promises) -> None:
    back = waited_for(lambda: site.comment() == 303 and site.upload() == 302, 60)
    promises.judge("all is well again", back, "")
    ended = [worker.args[2] for worker in site.workers if worker.poll() is not None]  # type: ignore[index]
    promises.judge("workers have gone on", not ended, ", ".join(map(str, ended)))
    promises.judge("no file is empty", not site.half_files(), str(site.half_files()))
    sound = site.server.python(CHECK).strip()
    promises.judge("the database is sound", sound == "ok", sound)


def main(top: Path) -> int:
    promises = Promises()
    if os.geteuid() != 0:
        raise SystemExit("Only root can mount a disk.")
    disk = Disk(top)
    try:
        site = Site(disk.folder)
        try:
            filling(site, disk, promises)
            failing(site, disk, promises)
        finally:
            site.stop()
    finally:
        disk.unmount()
    return promises.broken


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(min(1, main(Path(folder))))
