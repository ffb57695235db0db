"""What workers and commands do, made so that two can do it at once, and what is to come of it.

Each job is used by `drills/work_twice.py`, every method in a process of its own: `prepare` makes
work, `work` does it, `settle` lets the time pass after which the work of a killed one is taken up, and
`faults` says what is wrong when it has been done to the end.
"""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import (
    Article,
    Image,
    Letter,
    Mailing,
    MailingState,
    PageChange,
    SearchDocument,
    SearchTerm,
    Subscriber,
)
from articles.newsletter import mailings, subscribing
from articles.newsletter.targets import Target
from articles.search import index
from comments.models import Comment, Notice, OutgoingMail, Recipient, Status
from tests.articles.newsletter.builders import (
    let_the_hold_pass,
    make_news,
    make_newsletter,
    make_subscriber,
    make_subscription,
)
from tests.builders import make_article, picture_bytes
from tests.comments.builders import make_comment
from tests.comments.mail.builders import make_announced, make_follow, make_recipient
from tests.faults.mixed_import import files, make_sources, strays

LONG_AGO = timedelta(days=400)


class Job:
    """Work of which two processes can do any part, in a folder of its own."""

    def __init__(self, top: Path) -> None:
        self.top = top

    def prepare(self, number: int) -> None:
        """Make the work of a round, to be done beside what is left of others."""

    def work(self) -> None: ...

    def disturb(self, number: int) -> None:
        """What readers do meanwhile."""

    def settle(self) -> None: ...

    def faults(self, kills: int) -> list[str]:
        raise NotImplementedError


def sent_mails() -> Counter[str]:
    """Count the mails that have left by their Message-ID."""
    found: Counter[str] = Counter()
    for path in Path(settings.EMAIL_FILE_PATH).glob("*.log"):
        for part in path.read_bytes().split(b"-" * 79 + b"\n"):
            mail = message_from_bytes(part, policy=policy.default)
            if mail["To"]:
                found[str(mail["Message-ID"])] += 1
    return found


def doubled(kills: int, *, letters: bool) -> list[str]:
    """Each mail leaves once, or once more for a worker that was killed as it left."""
    found = [
        count for name, count in sent_mails().items() if name.startswith("<newsletter.") == letters
    ]
    extra = sum(found) - len(found)
    return [f"{extra} mails too many for {kills} kills"] if extra > kills else []


class SendNewsletter(Job):
    readers = 20

    def prepare(self, number: int) -> None:
        make_newsletter()
        if not Subscriber.objects.exists():
            for reader in range(self.readers):
                frequency = "weekly" if reader % 4 == 0 else "each"
                make_subscription(make_subscriber(f"reader{reader}@pildam.example"), frequency)
        make_news(f"새 글 {number}", slug=f"news-{number}")
        self._begin_a_week(number)
        call_command("send_newsletter", limit=0)
        let_the_hold_pass()

    def _begin_a_week(self, number: int) -> None:
        end = mailings.week_before(timezone.now())
        make_news(f"지난 글 {number}", slug=f"last-{number}", at=end - timedelta(hours=1))
        Mailing.objects.filter(week_end=end).delete()
        mailings.start(Mailing.objects.create(week_end=end))

    def work(self) -> None:
        call_command("send_newsletter")

    def disturb(self, number: int) -> None:
        """Some readers leave and some come back while letters are sent."""
        chance = random.Random(number)  # noqa: S311
        for subscriber in chance.sample(list(Subscriber.objects.all()), 6):
            subscribing.leave(subscriber)
            if chance.random() < 0.5:
                subscribing.subscribe(subscriber.address, [Target()], "each")
                subscribing.confirm(Subscriber.objects.get(pk=subscriber.pk))

    def settle(self) -> None:
        Letter.objects.waiting().update(due_at=timezone.now())

    def faults(self, kills: int) -> list[str]:
        found = doubled(kills, letters=True)
        if waiting := Letter.objects.due().count():
            found.append(f"{waiting} letters wait")
        if dead := Letter.objects.exclude(dead_at=None).count():
            found.append(f"{dead} letters are given up")
        if unfinished := Mailing.objects.exclude(state=MailingState.DONE).count():
            found.append(f"{unfinished} mailings are not done")
        for mailing in Mailing.objects.all():
            sent = mailing.letters.exclude(sent_at=None).count()
            if sent != mailing.sent_count:
                found.append(f"{mailing}: {mailing.sent_count} counted, {sent} sent")
        return found


class SendMails(Job):
    def prepare(self, number: int) -> None:
        article = make_article(f"이야기 {number}", slug=f"talk-{number}")
        for reader in range(6):
            address = f"follower{reader}@pildam.example"
            recipient = Recipient.objects.filter(address=address).first()
            make_follow(article, recipient or make_recipient(address))
        for comment in range(4):
            make_announced(article, f"댓글 {number} {comment}")

    def work(self) -> None:
        call_command("send_mail_queue")

    def settle(self) -> None:
        OutgoingMail.objects.waiting().update(due_at=timezone.now())
        Recipient.objects.update(last_mailed_at=timezone.now() - timedelta(hours=1))

    def faults(self, kills: int) -> list[str]:
        found = doubled(kills, letters=False)
        if waiting := OutgoingMail.objects.waiting().count():
            found.append(f"{waiting} mails wait")
        if untold := Notice.objects.filter(mail=None).count():
            found.append(f"{untold} notices are not told")
        return found


class Import(Job):
    """Each round brings other words for the same articles."""

    def prepare(self, number: int) -> None:
        make_sources(self.top / "blog", words=f"먹을 {number}번 간다.")

    def work(self) -> None:
        call_command("import_articles", str(self.top / "blog"), "--status", "published", "--update")

    def faults(self, kills: int) -> list[str]:
        found = [f"a stray file: {name}" for name in sorted(strays())]
        count = Article.objects.exclude(import_ref=None).count()
        if count != 5:
            found.append(f"{count} articles instead of 5")
        bodies = set(Article.objects.exclude(import_ref=None).values_list("body", flat=True))
        old = [body for body in bodies if "간다" in body and self._words() not in body]
        return found + [f"the old words: {body[-40:]}" for body in old]

    def _words(self) -> str:
        text = next((self.top / "blog/_posts").glob("*.md")).read_text(encoding="utf-8")
        return text.strip().rpartition("에 이어진다. ")[2]


class Rebuild(Job):
    def prepare(self, number: int) -> None:
        for which in range(3):
            make_article(f"찾을 글 {number} {which}", body=f"낱말{number} 장부 {which}를 찾는다.")

    def work(self) -> None:
        call_command("rebuild_search")

    def faults(self, kills: int) -> list[str]:
        found = []
        if stale := index.stale_articles():
            found.append(f"{stale} articles are stale")
        if SearchDocument.objects.count() != Article.objects.count():
            found.append("not every article has a document")
        before = set(SearchTerm.objects.values_list("word", "article_count"))
        call_command("rebuild_search")
        if lost := set(SearchTerm.objects.values_list("word", "article_count")) ^ before:
            found.append(f"{len(lost)} words were counted wrong, such as {sorted(lost)[:2]}")
        return found


class Renditions(Job):
    def prepare(self, number: int) -> None:
        for which in range(2):
            data = picture_bytes(size=(900 + number, 600 + which))
            image = Image.objects.store(data, alt="붓")
            make_article(f"그림 {number} {which}", body=f"![붓]({image.url})")

    def work(self) -> None:
        call_command("make_renditions")

    def settle(self) -> None:
        Image.objects.update(renditions_claimed_until=None)

    def faults(self, kills: int) -> list[str]:
        found = []
        if lacking := Image.objects.without_renditions().count():
            found.append(f"{lacking} pictures have no copies")
        if stale := Article.objects.stale().count():
            found.append(f"{stale} articles are not rendered anew")
        wanted = {name for image in Image.objects.all() for name in image.file_names()}
        there = {name for name in files() if name.startswith("images/")}
        return found + [f"missing or stray: {name}" for name in sorted(wanted ^ there)]


class Purge(Job):
    def prepare(self, number: int) -> None:
        article = make_article(f"오래된 글 {number}", slug=f"old-{number}")
        old = timezone.now() - LONG_AGO
        for which in range(10):
            fields = {"created_at": old, "network_prefix": "192.0.2.0/24", "network_hash": "a"}
            if which % 3 == 0:
                fields |= {"status": Status.TRASHED, "status_changed_at": old}
            make_comment(article, f"댓글 {which}", **fields)

    def work(self) -> None:
        call_command("purge_comment_data")

    def faults(self, kills: int) -> list[str]:
        found = []
        if kept := Comment.objects.exclude(network_hash="", network_prefix="").count():
            found.append(f"{kept} addresses are kept")
        if kept := Comment.objects.filter(status=Status.TRASHED).count():
            found.append(f"{kept} comments are in the trash")
        try:
            call_command("recount_comments", "--check")
        except CommandError as error:
            found.append(str(error))
        return found


class Backup(Job):
    def work(self) -> None:
        call_command("backup", str(self.top / "backups"))

    def faults(self, kills: int) -> list[str]:
        folder = self.top / "backups"
        found = [f"left behind: {path.name}" for path in folder.glob(".pildam-*")]
        for path in folder.glob("pildam-*.tar"):
            try:
                call_command("restore", str(path), "--check")
            except CommandError as error:
                found.append(f"{path.name}: {error}")
        return found


class Announce(Job):
    def prepare(self, number: int) -> None:
        make_article(f"알릴 글 {number}", slug=f"told-{number}")

    def work(self) -> None:
        call_command("announce_changes")

    def faults(self, kills: int) -> list[str]:
        told = unquote((self.top / "told").read_text())
        slugs = Article.objects.published().values_list("slug", flat=True)
        return [f"nobody was told of {slug}" for slug in slugs if f"/{slug}/" not in told]


class PurgePages(Job):
    def prepare(self, number: int) -> None:
        make_article(f"바뀐 글 {number}", slug=f"changed-{number}")

    def work(self) -> None:
        call_command("purge_pages")

    def settle(self) -> None:
        PageChange.objects.filter(purged_at=None).update(
            due_at=timezone.now(), created_at=timezone.now() - timedelta(minutes=1)
        )

    def faults(self, kills: int) -> list[str]:
        waiting = PageChange.objects.filter(purged_at=None).count()
        return [f"{waiting} changes wait"] if waiting else []


JOBS: dict[str, type[Job]] = {
    "send_newsletter": SendNewsletter,
    "send_mail_queue": SendMails,
    "import_articles": Import,
    "rebuild_search": Rebuild,
    "make_renditions": Renditions,
    "purge_comment_data": Purge,
    "announce_changes": Announce,
    "purge_pages": PurgePages,
    "backup": Backup,
}
