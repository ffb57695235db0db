"""The second part of the drill for scale: a replica that is read, and pictures in a bucket."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.faults.drills.promises import Promises, waited_for
from tests.stack.clients import Client
from tests.stack.configuration import HOST
from tests.stack.processes import Process
from tests.stack.topology import Stack

PATH = "/articles/drill/"
BUCKET = "pildam-media"

STORE = """
from io import BytesIO
from PIL import Image as Pillow
from articles.models import Image
from articles.picture_library import add_renditions, judged_replacement, replace_picture
def drawn(colour):
    data = BytesIO(); Pillow.new('RGB', (900, 600), colour).save(data, 'PNG'); return data.getvalue()
image = Image.objects.store(drawn({colour!r}), alt='훈련')
add_renditions(image.pk); image.refresh_from_db()
print(image.url)
print(image.copy_url(1))
"""
REPLACE = """
replace_picture(image, judged_replacement(image, drawn('blue')))
image.refresh_from_db(); print(image.url)
"""
DELETE = """
from articles.models import Image
Image.objects.filter(alt='훈련').delete()
"""


def reading_from_a_replica(stack: Stack, promises: Promises) -> None:
    replica = add_replica(stack)
    port = stack.ports.replica
    url = f"postgres://pildam:{stack.secrets()['database']}@{HOST}:{port}/pildam"
    set_environment(stack, REPLICA_DATABASE_URL=url)
    client = Client(stack.ports, stack.ports.instances[0])

    def scans() -> int:
        sql = "SELECT sum(coalesce(seq_scan, 0) + coalesce(idx_scan, 0)) FROM pg_stat_user_tables"
        return int(stack.query(sql, database="pildam", port=port).strip())

    def read(count: int) -> None:
        for number in range(count):
            client.get(f"/articles/?replica={number}")
        time.sleep(2)

    def is_asked() -> bool:
        start = scans()
        read(3)
        return scans() > start + 2

    # One that was still starting when it was first asked is left alone for ten seconds.
    promises.judge("anonymous pages come from the replica", waited_for(is_asked, 30), "")

    stack.query("SELECT pg_wal_replay_pause()", port=port)
    publish_title(stack, "복제본이 아직 모르는 글")
    shown = "복제본이 아직 모르는 글" in client.get(f"{PATH}?replica=late").text
    promises.judge("while it is behind, no page is old", shown, "the primary was asked")
    stack.query("SELECT pg_wal_replay_resume()", port=port)

    promises.judge("it is asked again when it has caught up", waited_for(is_asked, 20), "")
    replica.stop()
    start = time.monotonic()
    status = client.get("/articles/?replica=gone").status
    promises.judge(
        "without it, pages come from the primary",
        status == 200,
        f"{time.monotonic() - start:.1f} s",
    )
    set_environment(stack)


def publish_title(stack: Stack, title: str) -> None:
    code = "from articles.models import Article; a = Article.objects.get(slug='drill'); "
    stack.manage("shell", "--command", f"{code}a.title = {title!r}; a.save()")


def add_replica(stack: Stack) -> Process:
    """Start a second PostgreSQL that follows the first."""
    primary = stack.processes["postgresql"]
    data = stack.database_folder.with_name("replica")
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir(mode=0o700)
    if primary.user:
        shutil.chown(data, primary.user, primary.user)
    stack.run(
        [
            str(Path(primary.command[0]).with_name("pg_basebackup")),
            "--host",
            HOST,
            "--port",
            str(stack.ports.postgresql),
            "--username",
            "postgres",
            "--pgdata",
            str(data),
            "--write-recovery-conf",
            "--checkpoint",
            "fast",
            "--wal-method",
            "stream",
        ],
        user=primary.user,
        PGPASSWORD=stack.secrets()["root"],
    )
    replica = Process(
        "replica",
        [primary.command[0], "-D", str(data), "-c", f"port={stack.ports.replica}"],
        stack.folder / "log/replica.log",
        stack.environment(),
        primary.folder,
        port=stack.ports.replica,
        user=primary.user,
        stop_signal=primary.stop_signal,
    )
    stack.add(replica)
    stack.wait_for_postgresql(stack.ports.replica)
    return replica


def set_environment(stack: Stack, **variables: str) -> None:
    """Add to the environment file, and restart the instances one after the other."""
    stack.write_environment(variables)
    for port in stack.ports.instances:
        process = stack.processes[f"instance-{port}"]
        process.stop()
        process.start()


def keeping_pictures_in_a_bucket(stack: Stack, promises: Promises) -> None:
    """The bucket is moto's: a server that answers as S3 does."""
    endpoint = f"http://{HOST}:{stack.ports.objects}"
    moto = Process(
        "objects",
        [sys.executable, "-m", "moto.server", "--host", HOST, "--port", str(stack.ports.objects)],
        stack.folder / "log/objects.log",
        stack.environment(),
        stack.folder,
        port=stack.ports.objects,
    )
    stack.add(moto)
    keys = {"AWS_ACCESS_KEY_ID": "drill", "AWS_SECRET_ACCESS_KEY": "drill"}
    code = "import boto3, sys; c = boto3.client('s3', endpoint_url=sys.argv[1], region_name='us-east-1'); c.create_bucket(Bucket=sys.argv[2])"
    subprocess.run(
        [sys.executable, "-c", code, endpoint, BUCKET], env=stack.environment() | keys, check=True
    )
    set_environment(
        stack,
        MEDIA_BUCKET=BUCKET,
        MEDIA_BUCKET_ENDPOINT=endpoint,
        MEDIA_BUCKET_REGION="us-east-1",
        **keys,
    )
    first = Client(stack.ports, stack.ports.instances[0])
    front = Client(stack.ports, stack.ports.https)
    store = STORE.format(colour="red")
    shown, copy = stack.manage("shell", "--command", store).split()[-2:]
    promises.judge("addresses are those of a disk", shown.startswith("/media/images/"), shown)
    for name, address in (("a picture", shown), ("its smaller copy", copy)):
        answer = front.get(address)
        is_safe = "sandbox" in answer.headers.get("content-security-policy", "")
        promises.judge(
            f"{name} is shown through nginx",
            answer.status == 200 and is_safe,
            f"status {answer.status}",
        )
    nothing = list((stack.folder / "media").rglob(Path(shown).name))
    promises.judge("it is on no disk", not nothing, "")
    newer = stack.manage("shell", "--command", store + REPLACE).split()[-1]
    answer = first.get(shown)
    led = answer.status == 302 and answer.headers.get("location") == newer
    promises.judge("the address of a replaced picture leads on", led, f"status {answer.status}")
    stack.manage("shell", "--command", DELETE)
    gone = first.get(newer).status
    promises.judge("a deleted picture is gone from the bucket", gone == 404, f"status {gone}")
    moto.stop()
    answer = first.get("/articles/?bucket=away")
    promises.judge("without the bucket, pages are shown", answer.status == 200, "")
    answer = first.get(shown)
    promises.judge(
        "and a picture is 503, kept by nobody",
        answer.status == 503 and "no-store" in answer.headers["cache-control"],
        f"status {answer.status}",
    )
    set_environment(stack)
