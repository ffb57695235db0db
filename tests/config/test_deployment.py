"""The files of deploy/ against the site they are for. Whether they work is shown by the drills."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import get_commands

from config.logs import KEYS
from tests.security.addresses import all_routes
from tests.stack import configuration
from tests.stack.configuration import ConfigurationError, Ports

DEPLOY = Path(settings.BASE_DIR) / "deploy"
DOCUMENT = (Path(settings.BASE_DIR) / "docs/deploy.md").read_text()
NGINX = (DEPLOY / "nginx/pildam.conf").read_text()
PORTS = Ports(20000)
FOLDER = Path("/srv/elsewhere")
PRODUCTION = re.compile(
    r"/var/(?:lib|log|cache|backups)|/etc/(?:letsencrypt|nginx/pildam)|pildam\.example|:800[12]"
)


def without_comments(text):
    return re.sub(r"#.*", "", text)


def test_the_stack_leaves_nothing_of_production_in_nginx():
    site = configuration.nginx_site(NGINX, FOLDER, PORTS)
    pages = configuration.nginx_pages((DEPLOY / "nginx/pages.conf").read_text(), FOLDER)
    assert not PRODUCTION.search(without_comments(site + pages))
    assert "listen 127.0.0.1:20001 ssl http2;" in site


def test_the_stack_leaves_nothing_of_production_in_the_environment():
    text = (DEPLOY / "environment.example").read_text()
    secrets = {"key": "KEY", "database": "PASSWORD", "purge": "SECRET"}
    made = without_comments(configuration.environment(text, FOLDER, PORTS, secrets))
    assert not PRODUCTION.search(made)
    assert "change-me" not in made
    assert "postgres://pildam:PASSWORD@127.0.0.1:20004/pildam" in made


def test_a_file_that_has_lost_what_is_replaced_is_noticed():
    with pytest.raises(ConfigurationError, match="listen 443"):
        configuration.replaced("listen 8443;", [("listen 443", "listen 1")])


def test_every_variable_of_production_is_explained():
    explained = re.findall(
        r"^#?([A-Z_0-9]+)=", (Path(settings.BASE_DIR) / ".env.example").read_text(), re.M
    )
    used = re.findall(r"^#?([A-Z_0-9]+)=", (DEPLOY / "environment.example").read_text(), re.M)
    assert used
    assert set(used) <= set(explained)


def test_every_variable_that_settings_read_is_explained():
    source = (Path(settings.BASE_DIR) / "config/settings.py").read_text()
    read = re.findall(r"env\.(?:str|bool|list|email_url)\(\s*\"([A-Z_0-9]+)\"", source)
    explained = re.findall(
        r"^#?([A-Z_0-9]+)=", (Path(settings.BASE_DIR) / ".env.example").read_text(), re.M
    )
    assert set(read) <= set(explained)


def test_workers_and_timers_run_commands_that_exist():
    worker = (DEPLOY / "worker").read_text()
    commands = set(re.findall(r"set -- (\w+)", worker))
    commands |= set(re.findall(r"pildam-(?:hourly|nightly)@(\w+)\.timer", DOCUMENT))
    commands |= set(
        re.findall(r"manage\.py (\w+)", (DEPLOY / "systemd/pildam-backup.service").read_text())
    )
    assert len(commands) >= 10
    assert commands <= get_commands().keys()


def test_what_goes_on_until_told_to_stop_has_a_worker():
    worker = (DEPLOY / "worker").read_text()
    sources = Path(settings.BASE_DIR).glob("*/management/commands/*.py")
    watching = {path.stem for path in sources if "articles.watching" in path.read_text()}
    assert watching == set(re.findall(r"set -- (\w+)", worker))


def test_every_worker_is_started_by_the_document():
    kinds = re.findall(r"^    (\w+)\)", (DEPLOY / "worker").read_text(), re.M)
    assert kinds
    for kind in kinds:
        assert f"pildam-worker@{kind}" in DOCUMENT


def test_every_file_is_installed_by_the_document():
    for path in DEPLOY.rglob("*"):
        if path.is_file() and path.parent.name != "systemd":
            assert path.name in DOCUMENT or path.stem in DOCUMENT, path


# Addresses whose answers depend on who asks; nginx keeps none of them and passes cookies on.
ROOMS_WITH_COOKIES = (
    "admin",
    "accounts",
    "comments",
    "newsletter",
    "takedowns",
    "preview",
    "reads",
)


@pytest.mark.promise("K2")
def test_rooms_with_cookies_are_never_cached_and_all_others_get_none():
    rooms = re.search(r"location ~ \^/\(\?:([a-z|]+)\)/ \{", NGINX)[1].split("|")
    assert {"admin", *rooms} == set(ROOMS_WITH_COOKIES)
    matrix = (Path(settings.BASE_DIR) / "tests/security/permission_matrix.txt").read_text()
    rows = [line.split() for line in matrix.splitlines() if line.startswith("/")]
    # Answers that differ by who asks; and forms, whose token is compared with a cookie.
    own = [
        address
        for address, *answers in rows
        if len(set(answers)) > 1 or answers[0].split("/")[1] != "405"
    ]
    assert own
    for address in own:
        first = address.strip("/").split("/")[0]
        assert first in ROOMS_WITH_COOKIES or "/comments/" in address, address


@pytest.mark.promise("D7")
def test_postgresql_logs_no_statement_and_no_row():
    """The values of a query stand in its text, because psycopg puts them there."""
    text = without_comments((DEPLOY / "postgresql/pildam.conf").read_text())
    settings_of = dict(re.findall(r"^(\w+) = (\S+)", text, re.M))
    assert settings_of["log_min_duration_statement"] == "-1"
    assert settings_of["log_min_error_statement"] == "panic"
    assert settings_of["log_error_verbosity"] == "terse"
    assert "log_statement" not in settings_of


@pytest.mark.promise("D7")
def test_nginx_logs_neither_whole_addresses_nor_keys():
    site = without_comments(NGINX)
    assert site.count("server {") == site.count("error_log /var/log/pildam/error.log alert;")
    assert set(re.findall(r"access_log (\S+)", site)) == {"off;", "/var/log/pildam/access.log"}
    room = re.compile(re.search(r'\(\?<room>(.+)\)/"', site)[1])
    with_keys = [route for route in all_routes() if KEYS & set(re.findall(r"<(\w+)>", route))]
    assert len(with_keys) >= 10
    for route in with_keys:
        # The key of IndexNow is shown to everybody on purpose.
        assert room.match(route) or route == "/<key>.txt", route


def test_forwarded_headers_are_overwritten():
    proxy = (DEPLOY / "nginx/proxy.conf").read_text()
    for name, value in (
        ("X-Forwarded-For", "$remote_addr"),
        ("X-Forwarded-Proto", "$scheme"),
        ("X-Forwarded-Host", '""'),
        ("X-Real-IP", '""'),
        ("Forwarded", '""'),
        ("X-Pildam-Refresh", '""'),
    ):
        assert f"proxy_set_header {name} {value};" in proxy
    assert "proxy_cache_use_stale" not in without_comments(
        NGINX + (DEPLOY / "nginx/pages.conf").read_text()
    )


def test_every_unit_is_shut_in_alike():
    """What a unit may do to its machine stands at its end, after an empty line."""
    sandboxes = {
        path.name: re.search(r"\n\n(NoNewPrivileges=.*?)(?:\n\n|\Z)", path.read_text(), re.S)[1]
        for path in (DEPLOY / "systemd").glob("*.service")
    }
    lines = {name: set(sandbox.split()) for name, sandbox in sandboxes.items()}
    lines["pildam-backup.service"].remove("ReadWritePaths=/var/backups/pildam")
    assert len(lines) == 4
    for name, of_unit in lines.items():
        assert of_unit == lines["pildam@.service"], name


def test_backups_are_looked_for_where_they_are_written():
    environment = (DEPLOY / "environment.example").read_text()
    folder = re.search(r"^BACKUP_FOLDER=(\S+)", environment, re.M)[1]
    unit = (DEPLOY / "systemd/pildam-backup.service").read_text()
    assert f"manage.py backup {folder} " in unit
    assert f"ReadWritePaths={folder}\n" in unit
