"""Several rows as one value, so that one statement answers several questions."""

from __future__ import annotations

from typing import Any

from django.db.models import Subquery, TextField


class Rows(Subquery):
    """The rows of a queryset of values as JSON text: a list that has a list for each row.

    Its values are text and numbers; other types have no JSON that both databases agree on. What
    it is compared with as a whole, or kept by, must not depend on the order of the rows unless the
    queryset is limited.
    """

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        listed = f"json_group_array(json_array({self._columns(connection)}))"
        return self.as_sql(compiler, connection, self._template(listed), **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        listed = f"coalesce(json_agg(json_build_array({self._columns(connection)})), '[]')::text"
        return self.as_sql(compiler, connection, self._template(listed), **extra)

    def _columns(self, connection: Any) -> str:
        return ", ".join(map(connection.ops.quote_name, self.query.values_select))

    def _template(self, listed: str) -> str:
        return f"(SELECT {listed} FROM (%(subquery)s) AS listed)"
