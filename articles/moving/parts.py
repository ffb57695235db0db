"""What other rooms add to an export and take back from it.

Articles know nothing of comments; `settings.EXPORT_PARTS` names whatever stands further up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from articles.intake.runs import Item
from articles.moving.packages import Package

Watch = Callable[[Iterable[Any], str], Iterable[Any]]


class Part(Protocol):
    """Some files of an export, their names, how they come about and what they do."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, the one that is told of first."""
        ...

    def lines(self, name: str) -> Iterator[str]:
        """Yield the lines of a file, each with its end."""
        ...

    def restore(
        self,
        package: Package,
        *,
        renamed: Mapping[str, str],
        tell: Callable[[Item], None],
        watch: Watch,
    ) -> Mapping[str, int]:
        """Take the files in, and return how many were created, unchanged and so on.

        `renamed` maps slugs of the export to those that the articles have got here. Raises
        ImportFailure for a file that cannot be read.
        """
        ...


def parts() -> list[Part]:
    return [import_string(path)() for path in settings.EXPORT_PARTS]
