"""The pictures of a backup."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

FOLDER = "media"


def files() -> Iterator[tuple[str, Path]]:
    """Yield every stored file and its name in the archive."""
    root = Path(settings.MEDIA_ROOT)
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        # A link could lead anywhere, and none is ours.
        if path.is_file() and not path.is_symlink():
            yield f"{FOLDER}/{path.relative_to(root).as_posix()}", path


def referenced() -> set[str]:
    """Return the names in the archive of all files that a row of the database names."""
    names: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                values = model._default_manager.exclude(**{field.name: ""})
                names.update(map(str, values.values_list(field.name, flat=True)))
    return {f"{FOLDER}/{name}" for name in names if name}


def restore(folder: Path) -> None:
    """Bring the unpacked files to their places; what else lies there stays."""
    source = folder / FOLDER
    for path in sorted(source.rglob("*")) if source.is_dir() else ():
        if path.is_file():
            target = Path(settings.MEDIA_ROOT) / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            _bring(path, target)


def _bring(path: Path, target: Path) -> None:
    """Move a file to its place at once; it is never half there."""
    try:
        path.replace(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        partial = target.with_name(f".{target.name}.restored")
        try:
            shutil.copyfile(path, partial)
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)
