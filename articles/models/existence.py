"""Whether there is a row, asked of each row of another query by itself."""

from typing import Any

from django.db.models import BooleanField, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce


def there_is(rows: QuerySet[Any]) -> Coalesce:
    """Return whether a correlated query has rows, as `Exists` does.

    PostgreSQL may answer EXISTS from a table that it makes of all rows first, even when only the
    twenty newest articles are asked for. A limit leaves it no choice.
    """
    one = rows.order_by().annotate(there_is=Value(True)).values("there_is")[:1]
    return Coalesce(Subquery(one, output_field=BooleanField()), False)
