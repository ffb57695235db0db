"""Pictures in a bucket of any S3-compatible service, at the addresses that they have on a disk.

Texts, versions and exports name pictures by `/media/…`, and so does every page: nginx asks the
application for what is on no disk of its own and keeps the answer (docs/scale.md). The bucket
needs to be readable by nobody else. Needs the extra "objects": `pip install django-storages[s3]`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files import File
from storages.backends.s3 import S3Storage


@contextmanager
def _failing_as_a_disk_does() -> Iterator[None]:
    """Whoever stores and reads pictures expects OSError; a missing one is FileNotFoundError."""
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise OSError(f"The bucket does not answer as it should: {error}") from error


class MediaStorage(S3Storage):
    """The bucket of MEDIA_BUCKET. A name belongs to its bytes, so that writing twice is harmless."""

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        return f"{settings.MEDIA_URL}{quote(name)}"

    def exists(self, name: str) -> bool:
        with _failing_as_a_disk_does():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _failing_as_a_disk_does():
            super().delete(name)

    def listdir(self, name: str) -> tuple[list[str], list[str]]:
        """As a disk does, raise FileNotFoundError for a folder that is not there."""
        with _failing_as_a_disk_does():
            folders, files = super().listdir(name)
        if name and not folders and not files:
            raise FileNotFoundError(name)
        return folders, files

    def _open(self, name: str, mode: str = "rb") -> File[bytes]:
        with _failing_as_a_disk_does():
            file: File[bytes] = super()._open(name, mode)
            # Bytes are fetched when they are first asked for: any error shall come here.
            file.open(mode)
            return file

    def _save(self, name: str, content: File[bytes]) -> str:
        with _failing_as_a_disk_does():
            return str(super()._save(name, content))
