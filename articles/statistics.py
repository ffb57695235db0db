"""The statistics by which the database chooses among its indexes."""

from django.db import connection

# Rows of each index that SQLite looks at: enough to tell a few from many, whatever the archive.
_ROWS_LOOKED_AT = 1_000


def renew_statistics() -> None:
    """Let SQLite look at what its tables hold now; PostgreSQL's autovacuum does so by itself.

    Without them SQLite finds a few articles by their numbers by reading all that are published.
    """
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {_ROWS_LOOKED_AT}")
        cursor.execute("ANALYZE")
