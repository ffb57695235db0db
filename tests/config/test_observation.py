"""A request can be followed, and neither log nor mail tells about people."""

import json
import logging
import sys
from threading import Event

import pytest
from django.conf import settings
from django.core import mail
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory

from config.error_mail import ErrorMail
from config.error_reports import ErrorReports
from config.logs import JsonFormatter, LineFormatter, WithRequestId, current_request_id, scrubbed
from config.observation import request_ids, slow_queries

PERSONAL = (
    "key (email)=(minji.kim@canary.example) from 203.0.113.77 and 2001:db8:85a3::8a2e:370:7334"
)


def record_of(message, *args, error=None, name="pildam"):
    exc_info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord(name, logging.ERROR, "file.py", 7, message, args, exc_info)
    # The milliseconds of some moments look like a part of an address.
    record.created, record.msecs = 1_800_000_000.0, 0.0
    WithRequestId().filter(record)
    return record


def raised(error):
    try:
        raise error
    except Exception:
        return sys.exception()


@pytest.mark.promise("D7")
def test_logs_hold_neither_mail_addresses_nor_whole_network_addresses():
    record = record_of(PERSONAL, error=raised(ValueError(PERSONAL)))
    record.facts = {"path": f"/{PERSONAL}/"}
    for formatter in (LineFormatter(), JsonFormatter()):
        text = formatter.format(record)
        for secret in ("minji", "canary.example", ".77", "7334"):
            assert secret not in text


@pytest.mark.parametrize(
    "text", ["Python 3.11.7", "12:30:45 took 0.25 s", "10,000 rows", "SELECT a.b FROM c::text"]
)
def test_what_is_no_address_stays(text):
    assert scrubbed(text) == text


def test_a_json_line_says_what_went_wrong_in_which_request():
    token = current_request_id.set("abc-12345")
    record = record_of("A query took %s ms", 900, error=raised(KeyError("x")))
    record.facts = {"milliseconds": 900}
    record.status_code = 500
    told = json.loads(JsonFormatter().format(record))
    current_request_id.reset(token)
    assert told["message"] == "A query took 900 ms"
    assert told["request_id"] == "abc-12345"
    assert (told["milliseconds"], told["status"], told["level"]) == (900, 500, "ERROR")
    assert "KeyError" in told["exception"]


def answer(cache_control="private, no-store"):
    return lambda request: HttpResponse(headers={"Cache-Control": cache_control})


def ask(get_response, **headers):
    return request_ids(get_response)(RequestFactory().get("/", headers=headers))


def test_only_a_proxy_of_our_own_names_requests(settings):
    settings.TRUSTED_PROXIES = 0
    assert ask(answer(), **{"X-Request-ID": "from-outside"})["X-Request-ID"] != "from-outside"
    settings.TRUSTED_PROXIES = 1
    assert ask(answer(), **{"X-Request-ID": "from-nginx"})["X-Request-ID"] == "from-nginx"
    assert ask(answer(), **{"X-Request-ID": "a\nb"})["X-Request-ID"] != "a\nb"


@pytest.mark.django_db
def test_what_is_refused_is_logged_under_the_id_of_its_request(client, caplog):
    caplog.handler.addFilter(WithRequestId())
    response = client.post("/articles/")
    assert response.status_code == 405
    assert {record.request_id for record in caplog.records} == {response["X-Request-ID"]}
    caplog.handler.filters.clear()


def test_a_page_for_everybody_carries_no_request_id():
    assert not ask(answer("public, max-age=0")).has_header("X-Request-ID")


def test_the_error_page_names_the_request(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("broken")

    monkeypatch.setattr("config.health._database_answers", broken)
    client.raise_request_exception = False
    response = client.get("/readyz")
    assert response.status_code == 500
    assert response["X-Request-ID"] in response.text


@pytest.mark.django_db
def test_a_slow_query_is_logged_without_its_values(settings, caplog, monkeypatch):
    clock = iter(range(100))
    monkeypatch.setattr("config.observation.perf_counter", lambda: next(clock))

    def view(request):
        with connection.cursor() as cursor:
            cursor.execute("SELECT %s", ["a-value"])
        return HttpResponse()

    slow_queries(view)(RequestFactory().get("/articles/"))
    assert "A query of /articles/ took 1000 ms: SELECT %s" in caplog.text
    assert "a-value" not in caplog.text


def test_an_error_is_mailed_once_for_each_place(settings):
    settings.ADMINS = [("", "night@pildam.example")]
    handler = ErrorMail()
    handler.setFormatter(LineFormatter())
    error = raised(OperationalError(PERSONAL))
    for _ in range(3):
        handler.emit(record_of("Internal Server Error", error=error))
    handler.flush()
    handler.emit(record_of("Invalid HTTP_HOST", name="django.security.DisallowedHost"))
    handler.emit(record_of("Half a letter \ud800"))
    handler.flush()
    assert [message.to for message in mail.outbox] == [["night@pildam.example"]] * 2
    assert "OperationalError" in mail.outbox[0].body
    assert "minji" not in mail.outbox[0].body


def test_nobody_waits_for_a_silent_mail_server(monkeypatch):
    server = Event()
    monkeypatch.setattr("config.error_mail.mail_admins", lambda *mail: server.wait())
    handler = ErrorMail()
    for number in range(9):
        handler.emit(record_of("Internal Server Error", name=f"place-{number}"))
    waiting = [thread for thread in handler._leaving if thread.is_alive()]
    server.set()
    assert len(waiting) == 4


@pytest.mark.promise("D7")
def test_an_error_is_reported_as_its_service_wants_it_and_without_personal_data(
    settings, monkeypatch
):
    settings.SENTRY_DSN = "https://abc@errors.example:8443/sub/7"
    sent = []
    monkeypatch.setattr("config.error_reports.requests.post", lambda *a, **k: sent.append((a, k)))
    handler = ErrorReports()
    for _ in range(2):
        handler.emit(record_of("Internal Server Error", error=raised(OperationalError(PERSONAL))))
        handler.flush()
    [((address,), asked)] = sent
    assert address == "https://errors.example:8443/sub/api/7/envelope/"
    assert asked["headers"]["X-Sentry-Auth"].endswith("sentry_key=abc")
    envelope, item, event = map(json.loads, asked["data"].splitlines())
    assert (envelope["event_id"], item) == (event["event_id"], {"type": "event"})
    [told] = event["exception"]["values"]
    assert told["type"] == "OperationalError"
    assert told["stacktrace"]["frames"][-1]["filename"] == "tests/config/test_observation.py"
    assert "minji" not in asked["data"].decode()


def test_a_line_of_json_fits_into_the_journal():
    line = JsonFormatter().format(
        record_of("가" * 100_000, error=raised(ValueError("나" * 99_999)))
    )
    assert len(line.encode()) < 48 << 10
    assert json.loads(line)["message"].startswith("가가")


def test_the_configured_log_filters_every_handler():
    for handler in settings.LOGGING["handlers"].values():
        assert handler["filters"] == ["without_keys", "with_request_id"]
