"""Where a site keeps things, by the addresses of its environment: database, cache, pictures.

Pure but for one thing: the folder of an SQLite database is made.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from environ import Env

from config.environment import CACHE_SCHEMES, DATABASE_SCHEMES, checked_scheme
from config.postgresql.connections import alert_connection

POSTGRESQL = "config.postgresql"
# How long a connection to a cache that processes share, or an answer of it, may take.
CACHE_SECONDS = 0.4


def database_settings(url: str, statement_seconds: int = 0) -> dict[str, Any]:
    """Return Django's settings for the database at `url`, tuned for its engine.

    PostgreSQL ends a statement that takes longer than `statement_seconds`, unless that is 0;
    what PGOPTIONS or the address itself say goes before.
    """
    database: dict[str, Any] = Env.db_url_config(
        checked_scheme("DATABASE_URL", url, DATABASE_SCHEMES)
    )
    if database["ENGINE"] == "django.db.backends.sqlite3":
        _tune_sqlite(database)
    else:
        _tune_postgresql(database, statement_seconds)
    return database


def _tune_sqlite(database: dict[str, Any]) -> None:
    # IMMEDIATE takes the write lock at the start, so that two writers wait for one
    # another instead of failing with "database is locked" half-way.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # What the file's pages hold is read where the system keeps them, without a copy.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=1073741824;"
        ),
    }
    # A new connection reads the whole schema first, and the last one to close moves the log
    # into the file: both take longer than most requests.
    database["CONN_MAX_AGE"] = 60
    Path(database["NAME"]).parent.mkdir(parents=True, exist_ok=True)


def _tune_postgresql(database: dict[str, Any], statement_seconds: int) -> None:
    database["ENGINE"] = POSTGRESQL
    # Room for every thread of a process, and an answer within seconds where there is none. A
    # server that has vanished with its machine is noticed as soon, or by a silent connection
    # within a quarter of a minute. After an outage the pool tries again within seconds, too.
    options = {
        "pool": {
            "min_size": 1,
            "max_size": 20,
            "timeout": 4,
            "reconnect_timeout": 4,
            "connection_class": alert_connection(),
        },
        "connect_timeout": 2,
        "keepalives_idle": 10,
        "keepalives_interval": 5,
        "keepalives_count": 3,
        "tcp_user_timeout": 4_000,
        # What `articles.queries.prepared` executes is parsed and planned once.
        "prepare_threshold": 5,
    }
    options |= database.get("OPTIONS", {})
    if options["prepare_threshold"] == "None":
        options["prepare_threshold"] = None
    session = {"statement_timeout": f"{statement_seconds}s"} if statement_seconds else {}
    if options["prepare_threshold"] is not None:
        # A statement that is kept is planned once for all values, not again for each because
        # that one might have it a little better: planning takes longer than most pages' rows.
        session["plan_cache_mode"] = "force_generic_plan"
    if session:
        said = options.get("options", os.environ.get("PGOPTIONS", ""))
        ours = " ".join(f"-c {name}={value}" for name, value in session.items())
        options["options"] = f"{ours} {said}".rstrip()
    database["OPTIONS"] = options
    database["CONN_MAX_AGE"] = 0


def replica_settings(
    primary: dict[str, Any], url: str, statement_seconds: int = 0
) -> dict[str, Any]:
    """Return Django's settings for a replica of `primary`, or raise ImproperlyConfigured."""
    replica = database_settings(url, statement_seconds)
    if {replica["ENGINE"], primary["ENGINE"]} != {POSTGRESQL}:
        raise ImproperlyConfigured(
            "REPLICA_DATABASE_URL needs PostgreSQL, here and as DATABASE_URL."
        )
    # A reader waits for a replica that is away for no longer than for a slow page.
    replica["OPTIONS"]["pool"] |= {"min_size": 0, "timeout": 1}
    return replica


def cache_settings(url: str) -> dict[str, Any]:
    """Return Django's settings for the cache at `url`, with room to count wrong passwords in.

    A cache of the process holds 300 entries unless told otherwise, so that a flood of requests
    would make it forget who has tried how often.
    """
    cache: dict[str, Any] = Env.cache_url_config(checked_scheme("CACHE_URL", url, CACHE_SCHEMES))
    options = cache.setdefault("OPTIONS", {})
    if cache["BACKEND"].endswith("LocMemCache"):
        options.setdefault("MAX_ENTRIES", 100_000)
    else:
        # Whoever waits longer for a cache would be quicker without it. Nor does a connection tell
        # first which protocol and library it comes with, which takes three answers.
        ours = {
            "socket_connect_timeout": CACHE_SECONDS,
            "socket_timeout": CACHE_SECONDS,
            "protocol": 2,
            "driver_info": None,
        }
        options |= ours | options
    return cache


def media_storage(bucket: str, endpoint: str, region: str) -> dict[str, Any]:
    """Return where pictures are kept: on the disk, or in a bucket if one is named.

    The keys to it are AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, which boto3 reads itself.
    """
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    options = {
        "bucket_name": bucket,
        "endpoint_url": endpoint or None,
        "region_name": region or None,
        "default_acl": None,
        "addressing_style": "path" if endpoint else None,
        "signature_version": "s3v4",
        "object_parameters": {"CacheControl": "public, max-age=31536000, immutable"},
    }
    return {"BACKEND": "config.object_storage.MediaStorage", "OPTIONS": options}
