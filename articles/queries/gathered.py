"""Several rows as one value, so that one statement answers several questions."""

from __future__ import annotations

from typing import Any

from django.db.models import Subquery, TextField


class Rows(Subquery):
    """The rows of a queryset of values as JSON text: a list that has a list for each row.

    Its values are text and numbers, which PostgreSQL gives as text: of all that it can make JSON
    of, arrays of text take the least time.
    """

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        listed = f"json_group_array(json_array({', '.join(self._columns(connection))}))"
        return self.as_sql(compiler, connection, self._template(listed), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        texts = ", ".join(f"{column}::text" for column in self._columns(connection))
        listed = f"coalesce(array_to_json(array_agg(ARRAY[{texts}]))::text, '[]')"
        return self.as_sql(compiler, connection, self._template(listed), **extra)

    def _columns(self, connection: Any) -> list[str]:
        return [connection.ops.quote_name(name) for name in self.query.values_select]

    def _template(self, listed: str) -> str:
        return f"(SELECT {listed} FROM (%(subquery)s) AS listed)"  # noqa: S608 - Django's own SQL
