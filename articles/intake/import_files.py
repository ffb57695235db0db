"""Uploaded files on disk: what may come in, where it waits, and when it goes.

They lie in a folder of the upload's own under a name that nobody can guess, and no address
serves them. An archive is read in place and never unpacked.
"""

from __future__ import annotations

import secrets
import shutil
import time
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from django.conf import settings

from articles.importing.documents import ImportFailure
from articles.importing.sources import DOCUMENT_SUFFIXES
from articles.models import ImportBatch
from articles.moving.packages import package_at
from articles.text import normalised, one_line

# What one upload may weigh, all files together, and of how many files it may be.
MAX_BYTES = 200_000_000
MAX_FILES = 100
PICTURE_SUFFIXES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp"})
SUFFIXES = DOCUMENT_SUFFIXES | {".xml", ".json", ".zip"}
_MAX_NAME_BYTES = 200
_FORSAKEN_AFTER = 24 * 3600

_PACKAGE = (
    "필담에서 내보낸 묶음입니다. 글뿐 아니라 댓글과 설정까지 되살리는 일이라 서버를 맡은 분이"
    " manage.py import_articles 명령으로 합니다."
)


def folder_of(batch: ImportBatch) -> Path:
    return Path(settings.IMPORT_ROOT) / batch.folder


def path_of(batch: ImportBatch, file: int) -> Path:
    """Return where one of the uploaded documents and archives lies."""
    return folder_of(batch) / str(batch.files[file])


def take(uploads: Iterable[Any], user: Any, **options: Any) -> tuple[ImportBatch | None, list[str]]:
    """Keep uploaded files and return the batch, None if there is no document among them.

    Also returns a Korean sentence for each file that was refused. Pictures wait beside the
    documents, which find them there.
    """
    batch = ImportBatch(made_by=user, folder=secrets.token_hex(16), **options)
    folder = folder_of(batch)
    folder.mkdir(mode=0o700, parents=True)
    refusals = []
    try:
        for upload in uploads:
            name = normalised(one_line(upload.name or ""))
            if refusal := _refusal(name, folder) or _keep(upload, folder / name):
                refusals.append(f"{name}: {refusal}")
            elif PurePosixPath(name).suffix.lower() in SUFFIXES:
                batch.files.append(name)
        if batch.files:
            batch.save()
            return batch, refusals
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    shutil.rmtree(folder, ignore_errors=True)
    return None, refusals


def _refusal(name: str, folder: Path) -> str:
    """Say in Korean why a file of this name is not taken, or "" if it is."""
    path = PurePosixPath(name)
    if path.suffix.lower() not in SUFFIXES | PICTURE_SUFFIXES:
        return "마크다운, 텍스트, HTML, 워드프레스 XML, Ghost JSON, zip 파일과 그림만 받습니다."
    if path.name != name or name.startswith(".") or len(name.encode()) > _MAX_NAME_BYTES:
        return "파일 이름이 너무 길거나 쓸 수 없는 글자가 있습니다. 이름을 바꾸어 주세요."
    if (folder / name).exists():
        return "같은 이름의 파일이 둘입니다. 하나의 이름을 바꾸거나 zip으로 묶어 주세요."
    return ""


def _keep(upload: Any, path: Path) -> str:
    """Write the file, and say in Korean what only shows then: that it is an export of our own."""
    with path.open("xb") as target:
        for piece in upload.chunks():
            target.write(piece)
    try:
        package = package_at(path)
    except ImportFailure:
        # Broken, or a bomb; reading it as a source says so, too.
        return ""
    if package is None:
        return ""
    path.unlink()
    return _PACKAGE


def drop_files(batch: ImportBatch) -> None:
    shutil.rmtree(folder_of(batch), ignore_errors=True)


def discard(batch: ImportBatch) -> None:
    """Forget an upload; articles that are in already stay."""
    batch.delete()
    drop_files(batch)


def purge() -> int:
    """Forget uploads that nobody has touched for a week; returns how many."""
    old = list(ImportBatch.objects.kept_long_enough())
    for batch in old:
        discard(batch)
    for folder in _forsaken():
        shutil.rmtree(folder, ignore_errors=True)
    return len(old)


def _forsaken() -> Iterator[Path]:
    """Yield the folders that a killed process, or an account that is gone, has left behind."""
    root = Path(settings.IMPORT_ROOT)
    known = set(ImportBatch.objects.values_list("folder", flat=True))
    for folder in root.iterdir() if root.is_dir() else ():
        old = time.time() - folder.stat().st_mtime > _FORSAKEN_AFTER
        if folder.is_dir() and folder.name not in known and old:
            yield folder
