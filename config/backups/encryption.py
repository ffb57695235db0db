"""Backups that only the holder of a key can read, by age (age-encryption.org).

The site knows the public key alone. Whoever breaks in cannot read yesterday's backups, and the
`age` program reads them without Pildam.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import pyrage

from config.backups.errors import BackupError

SUFFIX = ".age"


@contextmanager
def written(path: Path, public_key: str) -> Iterator[IO[bytes]]:
    """Yield a stream whose content reaches the file, encrypted if there is a key."""
    with _private_file(path) as file:
        if not public_key:
            yield file
        else:
            with _encrypted(file, public_key) as stream:
                yield stream
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def read(path: Path, identity_file: Path | None) -> Iterator[IO[bytes]]:
    """Yield the content of a backup, decrypted where its name ends with `.age`."""
    with path.open("rb") as file:
        if path.suffix != SUFFIX:
            yield file
            return
        if identity_file is None:
            raise BackupError("The backup is encrypted: name the file of its key by --identity.")
        with _decrypted(file, _identity(identity_file)) as stream:
            yield stream


def checked_recipient(public_key: str) -> pyrage.x25519.Recipient:
    """Return the key to encrypt for, or raise BackupError for what is none."""
    try:
        return pyrage.x25519.Recipient.from_str(public_key)
    except pyrage.RecipientError as error:
        raise BackupError("BACKUP_KEY must be a public key of age: age1…") from error


def _identity(path: Path) -> pyrage.x25519.Identity:
    try:
        lines = path.read_text().splitlines()
    except (OSError, UnicodeError) as error:
        raise BackupError(f"The key in {path} cannot be read: {error}") from error
    try:
        secret = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
        return pyrage.x25519.Identity.from_str(secret.strip())
    except (StopIteration, pyrage.IdentityError) as error:
        raise BackupError(f"{path} holds no AGE-SECRET-KEY-…") from error


@contextmanager
def _encrypted(file: IO[bytes], public_key: str) -> Iterator[IO[bytes]]:
    recipient = checked_recipient(public_key)
    with _pipe() as (source, target), ThreadPoolExecutor(1) as thread:
        done = thread.submit(pyrage.encrypt_io, source, file, [recipient])
        with target:
            yield target
        done.result()


@contextmanager
def _decrypted(file: IO[bytes], identity: pyrage.x25519.Identity) -> Iterator[IO[bytes]]:
    with _pipe() as (source, target), ThreadPoolExecutor(1) as thread:

        def decrypt() -> None:
            with target:
                pyrage.decrypt_io(file, target, [identity])

        done = thread.submit(decrypt)
        try:
            yield source
        finally:
            # Whoever stops reading early must not leave the other side waiting.
            source.close()
            # A wrong key is no damage, whatever the reader makes of the nothing that came.
            _raise_what_went_wrong(done)


def _raise_what_went_wrong(decrypting: Future[None]) -> None:
    try:
        decrypting.result()
    except BrokenPipeError:
        pass
    except (pyrage.DecryptError, OSError) as error:
        raise BackupError(f"The backup cannot be decrypted: {error}") from error


@contextmanager
def _pipe() -> Iterator[tuple[IO[bytes], IO[bytes]]]:
    reader, writer = os.pipe()
    with io.FileIO(reader, "rb") as source, io.FileIO(writer, "wb") as target:
        buffered_source, buffered_target = io.BufferedReader(source), io.BufferedWriter(target)
        yield buffered_source, buffered_target


def _private_file(path: Path) -> IO[bytes]:
    """Open a new file that nobody else can read."""
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
