"""The doctor finds what ails, says what to do, and finds nothing in a healthy site."""

import os
import ssl
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import (
    Announcement,
    Article,
    Image,
    Letter,
    Mailing,
    MailingState,
    Newsletter,
    PageChange,
    Subscriber,
)
from articles.purging.queue import MAX_ATTEMPTS
from articles.search.index import refresh_stale
from comments.models import Comment, CommentSettings, OutgoingMail
from comments.models import Status as CommentStatus
from config.doctor import QUESTIONS, WITHOUT_DATABASE, ground, storage
from tests.builders import make_article, make_image, picture_bytes
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def complaints_of(question):
    return " ".join(QUESTIONS[question]())


def test_a_healthy_site_has_no_complaints(monkeypatch):
    Image.objects.store(picture_bytes())
    make_comment(make_article())
    list(refresh_stale())
    # The settings of tests are not those of a site.
    monkeypatch.delitem(QUESTIONS, "configuration")
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "LOOK" not in out.getvalue()
    assert out.getvalue().count("ok ") == len(QUESTIONS)


def test_one_question_that_fails_hides_no_other(monkeypatch):
    def broken():
        raise OSError("no such device")

    monkeypatch.setitem(QUESTIONS, "disk", broken)
    out = StringIO()
    with pytest.raises(CommandError, match="need a look"):
        call_command("doctor", stdout=out)
    assert "LOOK  disk: cannot be judged: OSError: no such device" in out.getvalue()
    assert "ok    pictures" in out.getvalue()


def test_without_its_database_only_what_needs_none_is_asked(monkeypatch):
    monkeypatch.setitem(QUESTIONS, "database", lambda: iter(["it is away"]))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert "LOOK  database: it is away" in out.getvalue()
    assert out.getvalue().count("not asked") == len(QUESTIONS) - len(WITHOUT_DATABASE) - 1
    assert "ok    cache" in out.getvalue()


def test_a_site_behind_nginx_that_trusts_no_proxy_is_told_of(settings):
    settings.HTTPS = True
    assert "Set TRUSTED_PROXIES=1" in complaints_of("configuration")


def test_letters_and_purges_that_wait_for_long_are_named(settings):
    an_hour_ago = timezone.now() - timedelta(hours=1)
    subscriber = Subscriber.objects.create(address="a@b.example")
    Letter.objects.create(subscriber=subscriber, due_at=an_hour_ago)
    assert "send_newsletter" in complaints_of("newsletter")
    PageChange.objects.create(tags="site", due_at=an_hour_ago)
    PageChange.objects.create(tags="site", attempts=MAX_ATTEMPTS)
    assert complaints_of("purging") == ""
    settings.FASTLY_SERVICE_ID = "service"
    assert "purge_pages --watch" in complaints_of("purging")
    assert "could not be told of 1 changes" in complaints_of("purging")


def test_a_mail_that_waits_for_long_tells_of_a_worker_that_does_not_run():

    def queue(key, **fields):
        OutgoingMail.objects.create(to="a@b.example", key=key, subject="새 댓글", **fields)

    queue("fresh", due_at=timezone.now())
    assert complaints_of("mail") == ""
    queue("late", due_at=timezone.now() - timedelta(hours=1))
    queue("dead", dead_at=timezone.now())
    assert "send_mail_queue" in complaints_of("mail")
    assert "1 mails were given up" in complaints_of("mail")


def test_wrong_counts_lost_files_and_stale_renderings_are_found():
    make_image("없는 파일")
    make_article()
    Article.objects.update(comment_count=7, renderer_version=0)
    assert "recount_comments" in complaints_of("counters")
    assert "images/없는 파일.webp" in complaints_of("pictures")
    assert "rerender_articles --stale" in complaints_of("renderings")


def test_a_clock_that_is_behind_what_was_written_is_named():
    assert complaints_of("clock") == ""
    comment = make_comment(make_article())
    Comment.objects.filter(pk=comment.pk).update(created_at=timezone.now() + timedelta(hours=1))
    assert "It is slow, or was fast. See: timedatectl" in complaints_of("clock")


@pytest.mark.parametrize(("days", "found"), [(20, "ends in 20 days"), (21, "")])
def test_a_certificate_that_nobody_has_renewed_is_named(settings, monkeypatch, days, found):
    assert complaints_of("certificate") == ""
    settings.SITE_URL = "https://pildam.example"
    monkeypatch.setattr(ground, "_days_left", lambda host, port: days)
    told = complaints_of("certificate")
    assert (found in told) if found else not told


def test_a_certificate_that_browsers_refuse_and_a_server_that_is_away_are_named(
    settings, monkeypatch
):
    refused = ssl.SSLCertVerificationError(1, "failed")
    refused.verify_message = "certificate has expired"

    def fail(host, port):
        raise failing.pop(0)

    monkeypatch.setattr(ground, "_days_left", fail)
    settings.SITE_URL = "https://pildam.example"
    failing = [refused, ConnectionRefusedError(111, "Connection refused")]
    assert "certificate has expired. Run: certbot renew" in complaints_of("certificate")
    assert "Is nginx running" in complaints_of("certificate")


def test_a_mail_server_that_is_away_or_not_named_is_told_of(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert "EMAIL_URL does not answer" in complaints_of("mail server")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert complaints_of("mail server") == ""
    settings.HTTPS = True
    assert "EMAIL_URL is not set" in complaints_of("mail server")


def volume(*, free=50 << 30, total=100 << 30, files_free=900_000, files=1_000_000):
    block = 4096
    return os.statvfs_result(
        (block, block, total // block, 0, free // block, files, 0, files_free, 0, 255)
    )


@pytest.mark.parametrize(
    ("left", "found"),
    [
        ({}, ""),
        ({"free": 200 << 20}, "200 MB are free"),
        # A small disk that is nearly empty.
        ({"free": 900 << 20, "total": 1 << 30}, ""),
        ({"files_free": 500}, "room for 500 more files"),
        # btrfs counts none.
        ({"files_free": 0, "files": 0}, ""),
    ],
)
def test_a_full_disk_is_told_of_before_writing_fails(monkeypatch, left, found):
    monkeypatch.setattr("config.doctor.storage.os.statvfs", lambda path: volume(**left))
    told = complaints_of("disk")
    assert (found in told) if found else not told


def backup_of(folder, age, suffix=".tar"):
    made_at = timezone.now() - age
    path = folder / f"pildam-{made_at:%Y%m%d-%H%M%S}{suffix}"
    path.write_bytes(b"x" * 4096)
    path.with_name(f"{path.name}.sha256").touch()


def test_where_no_backups_are_known_of_only_a_site_in_earnest_is_told(settings):
    settings.BACKUP_FOLDER = None
    assert complaints_of("backups") == ""
    settings.HTTPS = True
    assert "BACKUP_FOLDER is not set" in complaints_of("backups")


def test_a_backup_that_is_old_is_told_of_by_what_its_name_says(settings, tmp_path):
    settings.BACKUP_FOLDER = tmp_path / "backups"
    assert "There is no backup in" in complaints_of("backups")
    settings.BACKUP_FOLDER.mkdir()
    backup_of(settings.BACKUP_FOLDER, timedelta(hours=40), ".tar.age")
    told = complaints_of("backups")
    assert ".tar.age is the newest backup and 40 hours old." in told
    assert "manage.py backup" in told
    backup_of(settings.BACKUP_FOLDER, timedelta(hours=35), ".tar.age")
    assert complaints_of("backups") == ""


def test_no_room_for_the_next_backup_is_told_of(settings, tmp_path, monkeypatch):
    settings.BACKUP_FOLDER = tmp_path
    backup_of(tmp_path, timedelta(hours=1))
    monkeypatch.setattr(storage.os, "statvfs", lambda path: volume(free=4096))
    assert "0 MB are free, and the next backup may need" in complaints_of("backups")


def test_a_mail_that_its_server_refuses_is_told_of_while_it_is_tried_again():
    tried = {"attempts": 3, "last_error": "SMTPSenderRefused: (550, b'a@b.example')"}
    tried |= {"created_at": timezone.now() - timedelta(hours=2)}
    OutgoingMail.objects.create(
        to="a@b.example",
        key="refused",
        subject="새 댓글",
        due_at=timezone.now() + timedelta(minutes=4),
        **tried,
    )
    told = complaints_of("mail")
    assert "was tried 3 times: SMTPSenderRefused. Does the server of EMAIL_URL take it?" in told
    assert "b.example" not in told


def test_moderators_who_are_not_written_to_are_told_of():
    comment = make_comment(make_article(), status=CommentStatus.HELD)
    Comment.objects.filter(pk=comment.pk).update(
        status_changed_at=timezone.now() - timedelta(hours=1)
    )
    assert complaints_of("mail") == ""
    CommentSettings.objects.update_or_create(pk=1, defaults={"digest_address": "m@b.example"})
    assert "mail to the moderators waits since" in complaints_of("mail")


def test_an_article_whose_moment_has_come_and_that_nobody_was_told_of_is_named(settings):
    settings.INDEXNOW_KEY = "0123456789abcdef"
    settings.WEBSUB_HUB = ""
    article = make_article()
    Article.objects.update(updated_at=timezone.now() - timedelta(days=2))
    Article.objects.update(published_at=timezone.now() - timedelta(minutes=10))
    assert complaints_of("announcements") == ""
    Article.objects.update(published_at=timezone.now() - timedelta(minutes=20))
    assert "what IndexNow is to be told of waits" in complaints_of("announcements")
    Announcement.objects.create(
        receiver="indexnow",
        article_ref=article.pk,
        slug=article.slug,
        changed_at=Article.objects.get().published_at,
    )
    assert complaints_of("announcements") == ""


def test_a_newsletter_that_stands_still_is_named_and_one_that_keeps_its_rate_is_not():
    now = timezone.now()
    newsletter = Newsletter.current()
    mailing = Mailing.objects.create(
        week_end=now - timedelta(hours=1), due_at=now - timedelta(hours=1)
    )
    assert "an article that is to be mailed waits" in complaints_of("newsletter")
    Mailing.objects.update(state=MailingState.SENDING)
    subscriber = Subscriber.objects.create(address="a@b.example")
    Letter.objects.create(
        mailing=mailing, subscriber=subscriber, due_at=now - timedelta(minutes=50)
    )
    assert complaints_of("newsletter") == ""
    Newsletter.objects.update(next_letter_at=now - timedelta(minutes=20))
    assert "the next letter of a mailing waits" in complaints_of("newsletter")
    newsletter.is_paused = True
    newsletter.save()
    assert complaints_of("newsletter") == ""


def test_what_should_have_been_forgotten_long_ago_tells_of_a_timer_that_does_not_run():
    comment = make_comment(make_article(), status=CommentStatus.BLINDED)
    blinded = Comment.objects.filter(pk=comment.pk)
    blinded.update(blinded_until=timezone.now() - timedelta(hours=1))
    assert complaints_of("housekeeping") == ""
    blinded.update(blinded_until=timezone.now() - timedelta(hours=3))
    assert "Late: blinds ended" in complaints_of("housekeeping")


def test_what_is_found_is_one_error_in_the_log_when_asked_for(monkeypatch, caplog):
    monkeypatch.setitem(QUESTIONS, "disk", lambda: iter(["it is full"]))
    for options in ([], ["--tell"]):
        caplog.clear()
        with pytest.raises(CommandError):
            call_command("doctor", *options, stdout=StringIO())
        told = [r.getMessage() for r in caplog.records if "doctor" in r.name]
        assert len(told) == len(options)
    assert "disk: it is full" in told[0]
