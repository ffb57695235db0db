"""F11: what changes the table of a million comments does not keep readers from writing.

Up to the first release the tables were empty. After it the old program goes on until the new schema
stands, so that a column needs a default of the database's own, and an index is made beside the
writers (django.contrib.postgres.operations.AddIndexConcurrently, in a migration without transaction).
"""

import pytest
from django.db.migrations import AddField, AddIndex, AlterField, RemoveField, RenameField
from django.db.migrations.loader import MigrationLoader
from django.db.models import NOT_PROVIDED

# The last migration of `comments` before the first release.
LAST_BEFORE_RELEASE = 7


def harm_in(operation: object) -> str:
    """Return what an operation would do to writers of the old program, "" if nothing."""
    if isinstance(operation, RemoveField | RenameField | AlterField):
        return "the old program still writes the column as it was"
    if isinstance(operation, AddField):
        field = operation.field
        if not field.null and field.db_default is NOT_PROVIDED and not field.many_to_many:
            return "the old program knows no value for the column"
    if type(operation) is AddIndex:
        return "the index is made while all writers wait"
    return ""


@pytest.mark.promise("F11")
def test_no_migration_of_comments_keeps_writers_waiting():
    migrations = MigrationLoader(None).disk_migrations
    later = {
        name: migration.operations
        for (app, name), migration in migrations.items()
        if app == "comments" and int(name[:4]) > LAST_BEFORE_RELEASE
    }
    harm = {
        (name, harm_in(operation)): operation
        for name, operations in later.items()
        for operation in operations
        if harm_in(operation)
    }
    assert harm == {}
