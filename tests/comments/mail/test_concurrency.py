"""Many workers at once, and one that is killed: no mail is lost, and none sent twice in vain."""

import os
import re
import signal
import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments.mail import digests, notices, outbox
from comments.models import Follow, Notice, OutgoingMail, Recipient
from tests.builders import make_article
from tests.comments.mail.builders import (
    BOB,
    make_announced,
    make_follow,
    make_mail,
    make_recipient,
)

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 6


def at_once(work, times: int = WORKERS) -> list:
    """Run the work in threads that all begin at the same moment; return what each returned."""
    barrier = Barrier(times)

    def run(number):
        try:
            barrier.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as threads:
        return list(threads.map(run, range(times)))


def test_of_many_workers_one_takes_a_mail():
    pk = make_mail().pk
    taken = at_once(lambda number: outbox.take(pk))
    assert sum(row is not None for row in taken) == 1


def test_workers_at_once_send_each_mail_once():
    for number in range(30):
        make_mail(number)
    tallies = at_once(lambda number: outbox.send_due(limit=30))
    assert sum(tally.sent for tally in tallies) == 30
    assert len({message.subject for message in mail.outbox}) == len(mail.outbox) == 30


def test_workers_at_once_tell_everybody_once():
    article = make_article()
    for number in range(5):
        make_follow(article, make_recipient(f"reader{number}@pildam.example"))
    for number in range(4):
        make_announced(article, f"댓글 {number}")

    def work(number):
        notices.spread()
        digests.compose()
        outbox.send_due(limit=100)

    at_once(work)
    assert Notice.objects.count() == 20
    told = Counter(message.to[0] for message in mail.outbox)
    assert set(told.values()) <= {1}


def test_an_address_typed_at_once_is_asked_once():
    url = reverse("comments:follow", args=[make_article().slug])

    def ask(number):
        return Client(REMOTE_ADDR=f"192.0.2.{number}").post(url, {"email": BOB}).status_code

    assert set(at_once(ask)) == {303}
    assert (Recipient.objects.count(), Follow.objects.count()) == (1, 1)
    assert OutgoingMail.objects.count() == 1


def worker(folder: Path) -> subprocess.Popen:
    """Start the real command on the tests' database, with a folder for its mail."""
    name = str(connection.settings_dict["NAME"])
    url = f"sqlite:///{name}"
    if connection.vendor != "sqlite":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    environment = {**os.environ, "DATABASE_URL": url, "EMAIL_URL": f"filemail:///{folder}"}
    command = [sys.executable, "manage.py", "send_mail_queue", "--once"]
    return subprocess.Popen(
        command,
        cwd=django_settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )


def subjects_in(folder: Path) -> Counter:
    written = "".join(path.read_text("utf-8") for path in folder.glob("*.log"))
    return Counter(re.findall(r"^X-Number: (\d+)$", written, re.MULTILINE))


@pytest.mark.promise("F4")
def test_a_killed_worker_loses_no_mail(tmp_path, settings):
    folder = tmp_path / "mail"
    count = 200
    for number in range(count):
        make_mail(number, headers={"X-Number": str(number)})
    with worker(folder) as victim:
        while victim.poll() is None and len(list(folder.glob("*.log"))) < 5:
            time.sleep(0.005)
        victim.send_signal(signal.SIGKILL)
    assert victim.returncode == -signal.SIGKILL
    assert OutgoingMail.objects.waiting().exists()

    # The lease of the one in the middle has run out.
    OutgoingMail.objects.waiting().update(due_at=timezone.now())
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = folder
    call_command("send_mail_queue", "--once")
    assert not OutgoingMail.objects.waiting().exists()
    sent = subjects_in(folder)
    assert set(sent) == {str(number) for number in range(count)}
    assert sum(sent.values()) <= count + 1
