"""The migrations of `comments`, and two that a later release may bring: what F11 is tried with."""

from pathlib import Path

from comments import migrations

__path__ = [*migrations.__path__, *__path__]

LATEST = max(path.stem for path in Path(migrations.__path__[0]).glob("[0-9]*.py"))
