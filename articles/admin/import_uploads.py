"""An upload on its way to disk: as much as may come in, and not a byte more."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.core.files.uploadhandler import SkipFile, TemporaryFileUploadHandler
from django.http import HttpRequest

from articles.intake.import_files import MAX_BYTES


class LimitedUpload(TemporaryFileUploadHandler):
    """Streams files to disk; those for which there is no room left are named and read past."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.room = MAX_BYTES
        self.too_large: list[str] = []

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self.room -= len(raw_data)
        if self.room < 0:
            self.too_large.append(str(self.file_name))
            raise SkipFile
        super().receive_data_chunk(raw_data, start)

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.room <= 0:
            self.too_large.append(str(self.file_name))
            raise SkipFile

    def drop(self) -> None:
        """Remove the file at hand, half written as it is; it may be what fills the disk."""
        if hasattr(self, "file"):
            with suppress(OSError):
                self.file.close()
