"""What migrations may do to the table of comments, which can have a million rows, and is written to.

The old program goes on until the new schema stands (docs/deploy.md). A column is to be nullable, if
need be with a `db_default=Value(…)`: for any other, and even for the bare constant, SQLite copies the
whole table, and whoever writes meanwhile is told that it is locked. An index is added by
`AddIndexBesideWriters`, in a migration with `atomic = False`.
"""

from __future__ import annotations

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import AddIndex
from django.db.migrations.state import ProjectState

_IS_VALID = "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s)"


class AddIndexBesideWriters(AddIndexConcurrently):
    """Add an index while PostgreSQL's writers go on; SQLite's wait the seconds that it takes."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        if not self._is_there(schema_editor):
            kind = _kind_for(schema_editor)
            kind.database_forwards(self, app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        kind = _kind_for(schema_editor)
        kind.database_backwards(self, app_label, schema_editor, from_state, to_state)

    def _is_there(self, schema_editor: BaseDatabaseSchemaEditor) -> bool:
        """Whether an earlier attempt came this far; what it has left unfinished is removed.

        Only on PostgreSQL can an attempt leave anything behind.
        """
        if not _is_postgresql(schema_editor):
            return False
        name = schema_editor.quote_name(self.index.name)
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(_IS_VALID, [name])
            found = cursor.fetchone()
            if found == (False,):
                cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
        return found == (True,)


def _kind_for(schema_editor: BaseDatabaseSchemaEditor) -> type[AddIndex]:
    return AddIndexConcurrently if _is_postgresql(schema_editor) else AddIndex


def _is_postgresql(schema_editor: BaseDatabaseSchemaEditor) -> bool:
    return schema_editor.connection.vendor == "postgresql"
