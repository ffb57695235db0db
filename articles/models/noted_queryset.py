"""Changes of many rows at once, of which Django sends no signal."""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar

from django.db import models

from articles.page_changes import ARTICLES, SITE, note_change

Row = TypeVar("Row", bound=models.Model)


class NotedQuerySet(models.QuerySet[Row]):
    """Rows that readers see somewhere: what is updated or created together is noted as one change."""

    noted: ClassVar[str] = ARTICLES

    def update(self, **kwargs: Any) -> int:
        note_change(self.noted)
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def bulk_create(self, objs: Any, *args: Any, **kwargs: Any) -> Any:
        note_change(self.noted)
        return super().bulk_create(objs, *args, **kwargs)

    bulk_create.alters_data = True  # type: ignore[attr-defined]


class NotedEverywhereQuerySet(NotedQuerySet[Row]):
    """Rows that every page shows."""

    noted = SITE
