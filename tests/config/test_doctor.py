"""The doctor finds what ails, says what to do, and finds nothing in a healthy site."""

import ssl
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles.models import Article, Image, Letter, PageChange, Subscriber
from articles.purging.queue import MAX_ATTEMPTS
from articles.search.index import refresh_stale
from comments.models import Comment, OutgoingMail
from config import doctor
from tests.builders import make_article, make_image, picture_bytes
from tests.comments.builders import make_comment

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]


def complaints_of(question):
    return " ".join(getattr(doctor, question)())


def test_a_healthy_site_has_no_complaints(monkeypatch):
    Image.objects.store(picture_bytes())
    make_comment(make_article())
    list(refresh_stale())
    # The settings of tests are not those of a site.
    monkeypatch.delitem(doctor.QUESTIONS, "configuration")
    out = StringIO()
    call_command("doctor", stdout=out)
    assert "LOOK" not in out.getvalue()
    assert out.getvalue().count("ok ") == len(doctor.QUESTIONS)


def test_one_question_that_fails_hides_no_other(monkeypatch):
    def broken():
        raise OSError("no such device")

    monkeypatch.setitem(doctor.QUESTIONS, "disk", broken)
    out = StringIO()
    with pytest.raises(CommandError, match="need a look"):
        call_command("doctor", stdout=out)
    assert "LOOK  disk: cannot be judged: OSError: no such device" in out.getvalue()
    assert "ok    pictures" in out.getvalue()


def test_without_its_database_only_what_needs_none_is_asked(monkeypatch):
    monkeypatch.setitem(doctor.QUESTIONS, "database", lambda: iter(["it is away"]))
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("doctor", stdout=out)
    assert "LOOK  database: it is away" in out.getvalue()
    assert out.getvalue().count("not asked") == len(doctor.QUESTIONS) - 6
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
    monkeypatch.setattr(doctor, "_days_left", lambda host, port: days)
    told = complaints_of("certificate")
    assert (found in told) if found else not told


def test_a_certificate_that_browsers_refuse_and_a_server_that_is_away_are_named(
    settings, monkeypatch
):
    refused = ssl.SSLCertVerificationError(1, "failed")
    refused.verify_message = "certificate has expired"

    def fail(host, port):
        raise failing.pop(0)

    monkeypatch.setattr(doctor, "_days_left", fail)
    settings.SITE_URL = "https://pildam.example"
    failing = [refused, ConnectionRefusedError(111, "Connection refused")]
    assert "certificate has expired. Run: certbot renew" in complaints_of("certificate")
    assert "Is nginx running" in complaints_of("certificate")


def test_a_mail_server_that_is_away_or_not_named_is_told_of(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    assert "EMAIL_URL does not answer" in complaints_of("mail_server")
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert complaints_of("mail_server") == ""
    settings.HTTPS = True
    assert "EMAIL_URL is not set" in complaints_of("mail_server")


def test_a_full_disk_is_told_of_before_writing_fails(monkeypatch):
    usage = type("Usage", (), {"total": 100 << 30, "free": 200 << 20})
    monkeypatch.setattr("config.doctor.shutil.disk_usage", lambda path: usage)
    assert "200 MB are free" in complaints_of("disk")
