"""The statistics by which the database chooses among its indexes."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection

# What SQLite is told of a table that is empty now, and of which it would otherwise expect a million.
_ROWS_TO_COME = 1_000
# Seconds. Whoever waits for the lock looks for it every tenth of a second at last, and would never
# find it free between two long looks.
_LONG = 0.02
_PAUSE = 0.12


def renew_statistics() -> None:
    """Let SQLite look at what its tables hold now; PostgreSQL's autovacuum does so by itself.

    It looks at every entry of every index, because the first thousand may be those of one tag, and
    a tag would then seem to be in every article. One index after the other is read, so that
    writers wait for one alone: half a second for two million comments.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 0")
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'index'")
        for (index,) in cursor.fetchall():
            began = time.monotonic()
            cursor.execute(f"ANALYZE {connection.ops.quote_name(index)}")
            if time.monotonic() - began > _LONG:
                time.sleep(_PAUSE)
        cursor.execute("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
        for table, index, told in cursor.fetchall():
            _leave_out_nothing(cursor, table, index, told)
        cursor.execute(_EMPTY_TABLES, [str(_ROWS_TO_COME)])
        # What was written by hand counts from now on, as what ANALYZE itself has found does.
        cursor.execute("ANALYZE sqlite_master")


_EMPTY_TABLES = """
    INSERT INTO sqlite_stat1 (tbl, idx, stat)
    SELECT name, NULL, %s FROM sqlite_master
    WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%%' AND name NOT LIKE 'sqlite%%'
    AND name NOT IN (SELECT tbl FROM sqlite_stat1)
"""


def _leave_out_nothing(cursor: Any, table: str, index: str, told: str) -> None:
    """Say of an index how many rows a value has on average, without the rows that have none.

    Were nearly all articles nobody's translation, SQLite would expect every article to be one of
    those of any other, and read them all.
    """
    rows, *of_values = (int(number) for number in told.split() if number.isdecimal())
    column = _nullable(cursor, table, index)
    if column is None or of_values[0] * 10 < rows:
        return
    name = connection.ops.quote_name(column)
    cursor.execute(f"SELECT COUNT({name}), COUNT(DISTINCT {name}) FROM {table}")  # noqa: S608
    held, values = cursor.fetchone()
    average = max(1, held // max(1, values))
    corrected = " ".join(map(str, (rows, *(min(average, number) for number in of_values))))
    cursor.execute(
        "UPDATE sqlite_stat1 SET stat = %s WHERE tbl = %s AND idx = %s", [corrected, table, index]
    )


def _nullable(cursor: Any, table: str, index: str) -> str | None:
    """Return the first column of an index if it may hold nothing."""
    cursor.execute(
        """
        SELECT columns.name FROM pragma_index_info(%s) AS indexed
        JOIN pragma_table_info(%s) AS columns ON columns.cid = indexed.cid
        WHERE indexed.seqno = 0 AND NOT columns."notnull"
        """,
        [index, table],
    )
    (column,) = cursor.fetchone() or (None,)
    return column
