"""The settings file in one environment and another: what it says, and whether a process starts."""

import os
import re
import runpy
import subprocess
import sys
from unittest.mock import patch

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from config.backing_services import (
    cache_settings,
    database_settings,
    media_storage,
    replica_settings,
)

STRONG_KEY = "k3y-of-fifty-characters-and-more-0123456789-abcdefghij"
BARE = {"PATH": os.environ["PATH"], "ENV_FILE": "", "DJANGO_SETTINGS_MODULE": "config.settings"}


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=settings.BASE_DIR,
        env=BARE | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def start(**environment):
    return run("manage.py", "check", **environment)


def read(**environment):
    """Return what the file says there; reading it here takes a hundredth of a process's time."""
    with patch.dict(os.environ, BARE | environment, clear=True):
        return runpy.run_path(str(settings.BASE_DIR / "config" / "settings.py"))


def test_a_bare_environment_starts():
    assert start().returncode == 0


def test_mail_can_be_kept_in_a_folder(tmp_path):
    code = "from django.core.mail import send_mail; send_mail('글', '글', None, ['a@b.example'])"
    result = run("-c", code, EMAIL_URL=f"filemail:///{tmp_path}/mail")
    assert result.returncode == 0, result.stderr
    assert len(list((tmp_path / "mail").glob("*.log"))) == 1


@pytest.mark.promise("H2")
@pytest.mark.parametrize(
    ("environment", "hint"),
    [
        ({"ALLOWED_HOSTS": "a.kr"}, "SECRET_KEY must be set"),
        ({"ALLOWED_HOSTS": "a.kr", "SECRET_KEY": "weak"}, "SECRET_KEY is weak"),
        ({"SECRET_KEY": STRONG_KEY}, "ALLOWED_HOSTS must name"),
    ],
)
def test_production_stops_with_a_hint_when_unsafe(environment, hint):
    result = start(DEBUG="false", **environment)
    assert result.returncode != 0
    assert hint in result.stderr


def test_the_sites_own_host_is_known_whatever_its_port():
    assert "pildam.example" in read(SITE_URL="http://pildam.example:8000")["SITE_HOSTS"]


def test_every_variable_that_settings_read_is_in_the_example_file():
    example = (settings.BASE_DIR / ".env.example").read_text(encoding="utf-8")
    source = (settings.BASE_DIR / "config" / "settings.py").read_text(encoding="utf-8")
    names = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', source))
    assert {"SECRET_KEY", "DATABASE_URL", "TRUSTED_PROXIES"} <= names
    assert [name for name in sorted(names) if f"#{name}=" not in example] == []


def test_a_redis_cache_is_waited_for_less_than_half_a_second():
    options = cache_settings("redis://127.0.0.1:6379/0")["OPTIONS"]
    assert (options["socket_connect_timeout"], options["socket_timeout"]) == (0.4, 0.4)
    given = cache_settings("redis://127.0.0.1:6379/0?socket_timeout=2")["OPTIONS"]
    assert given["socket_timeout"] == 2


def test_buttons_lead_nowhere_but_to_providers_with_keys():
    def form_action(**environment):
        return [*read(**environment)["CONTENT_SECURITY_POLICY"]["DIRECTIVES"]["form-action"]]

    assert form_action() == ["'self'"]
    keys = {"NAVER_CLIENT_ID": "id", "NAVER_CLIENT_SECRET": "secret"}
    assert form_action(**keys) == ["'self'", "https://nid.naver.com"]


def test_a_provider_with_half_its_keys_stops_the_start():
    result = start(GOOGLE_CLIENT_ID="id")
    assert result.returncode != 0
    assert "GOOGLE_CLIENT_SECRET" in result.stderr


@pytest.mark.promise("F5")
def test_postgresql_has_a_connection_for_every_thread_and_answers_soon_without():
    pool = database_settings("postgres://pildam@db.example/pildam")["OPTIONS"]["pool"]
    assert pool["max_size"] >= 8
    assert pool["timeout"] < 5


@pytest.mark.promise("A5")
@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, False),
        ({"SITE_URL": "https://pildam.example"}, False),
        ({"DEBUG": "false"}, False),
        ({"DEBUG": "false", "SITE_URL": "https://pildam.example"}, True),
        ({"DEBUG": "false", "SITE_URL": "https://pildam.example", "REQUIRE_2FA": "false"}, False),
        ({"REQUIRE_2FA": "true"}, True),
    ],
)
def test_a_second_factor_is_asked_for_where_the_site_is_in_earnest(environment, required):
    if environment.get("DEBUG"):
        environment = {"SECRET_KEY": STRONG_KEY, "ALLOWED_HOSTS": "pildam.example"} | environment
    assert read(**environment)["REQUIRE_2FA"] is required


def test_pictures_are_kept_in_a_bucket_when_one_is_named():
    assert media_storage("", "", "")["BACKEND"].endswith("FileSystemStorage")
    storage = media_storage("pictures", "https://objects.example", "")
    assert storage["BACKEND"] == "config.object_storage.MediaStorage"
    assert storage["OPTIONS"]["endpoint_url"] == "https://objects.example"
    assert storage["OPTIONS"]["region_name"] is None


def test_a_replica_is_one_of_postgresql_and_not_waited_for():
    primary = database_settings("postgres://pildam@10.0.0.2/pildam")
    replica = replica_settings(primary, "postgres://pildam@10.0.0.3/pildam")
    assert replica["HOST"] == "10.0.0.3"
    assert replica["OPTIONS"]["pool"]["timeout"] == 1
    with pytest.raises(ImproperlyConfigured, match="needs PostgreSQL"):
        replica_settings(primary, "sqlite:///other.sqlite3")


def test_the_web_server_alone_ends_long_queries_of_postgresql():
    def asked(**environment):
        return read(**environment)["DATABASES"]["default"]["OPTIONS"].get("options")

    address = {"DATABASE_URL": "postgres://pildam@db.example/pildam"}
    planned = "-c plan_cache_mode=force_generic_plan"
    assert asked(**address) == planned
    serving = address | {"SERVES_READERS": "1"}
    limited = f"-c statement_timeout=20s {planned}"
    assert asked(**serving) == limited
    assert asked(**serving, PGOPTIONS="-c a=b") == f"{limited} -c a=b"
    assert asked(**serving, STATEMENT_SECONDS="0") == planned
    address["DATABASE_URL"] += "?prepare_threshold=None"
    assert asked(**address) is None
