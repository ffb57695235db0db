"""F11: what changes the table of a million comments does not keep readers from writing.

Up to the first release the tables were empty. What is to be done after it, `comments.large_tables`
says.
"""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations import (
    AddConstraint,
    AddField,
    AddIndex,
    AlterField,
    RemoveConstraint,
    RemoveField,
    RenameField,
)
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field, GeneratedField, Index, Value

from comments.large_tables import AddIndexBesideWriters

# The last migration of `comments` before the first release.
LAST_BEFORE_RELEASE = 7


def harm_in(operation: object) -> str:
    """Return what an operation would do to writers of the old program, "" if nothing."""
    if isinstance(operation, RemoveField | RenameField | AlterField):
        return "the old program still writes the column as it was"
    if isinstance(operation, AddConstraint | RemoveConstraint):
        return "SQLite copies the whole table while all writers wait"
    if isinstance(operation, AddField):
        return harm_of_new(operation.field)
    if type(operation) is AddIndex:
        return "the index is made while all writers wait"
    return ""


def harm_of_new(field: Field) -> str:
    if field.many_to_many:
        return ""
    if isinstance(field, GeneratedField):
        return "the whole table is written anew"
    is_given = field.default is not NOT_PROVIDED or (
        field.db_default is not NOT_PROVIDED and not isinstance(field.db_default, Value)
    )
    if is_given or not field.null:
        return "SQLite copies the whole table while all writers wait"
    return ""


def operations_after_release() -> dict[str, list[Operation]]:
    migrations = MigrationLoader(None).disk_migrations
    return {
        name: migration.operations
        for (app, name), migration in migrations.items()
        if app == "comments" and int(name[:4]) > LAST_BEFORE_RELEASE
    }


@pytest.mark.promise("F11")
def test_no_migration_of_comments_keeps_writers_waiting(settings):
    settings.MIGRATION_MODULES = {"comments": "tests.faults.later_migrations"}
    later = operations_after_release()
    harm = {
        (name, harm_in(operation)): operation
        for name, operations in later.items()
        for operation in operations
        if harm_in(operation)
    }
    assert set(later) >= {"9001_later_column", "9002_later_index"}
    assert harm == {}


@pytest.mark.django_db(transaction=True)
def test_an_index_is_added_beside_writers_whatever_an_attempt_has_left_behind():
    index = Index(fields=("likes",), name="comments_drilled")
    operation = AddIndexBesideWriters("comment", index)
    before = ProjectState.from_apps(apps)
    after = before.clone()
    operation.state_forwards("comments", after)
    with connection.schema_editor(atomic=False) as editor:
        operation.database_forwards("comments", editor, before, after)
        assert "comments_drilled" in indexes()
        if connection.vendor == "postgresql":
            mark_unfinished("comments_drilled")
            operation.database_forwards("comments", editor, before, after)
        operation.database_backwards("comments", editor, after, before)
    assert "comments_drilled" not in indexes()


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, "comments_comment"))


def mark_unfinished(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisvalid = false WHERE indexrelid = to_regclass(%s)", [name]
        )
