"""Pictures of an export on their way into the library, under the addresses that texts know."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from django.db import transaction

from articles.importing.documents import ImportFailure
from articles.models import FormerFile, Image
from articles.models.image import image_name, write_file
from articles.moving.fields import Fields
from articles.moving.layout import MEDIA
from articles.moving.packages import MAX_PICTURE_BYTES, Package
from articles.pictures import PictureError, kept_picture

_CHECKSUM = re.compile(r"[0-9a-f]{64}")


def restore_picture(fields: Fields, package: Package) -> None:
    """Store a picture with its file, unless the library has it; raises ImportFailure.

    Its name must be the one that its checksum gives, so that no archive can write elsewhere or
    in the place of another picture.
    """
    name, checksum = fields.text("file"), _checksum(fields)
    if name != image_name(checksum, PurePosixPath(name).suffix):
        raise ImportFailure("the picture's name is not that of its checksum")
    if Image.objects.with_checksum(checksum) is not None:
        return
    if Image.objects.filter(file=name).exists():
        # Only the first digits of a checksum are in the name, and those can be forged.
        raise ImportFailure("another picture has this name")
    image = Image(
        file=name,
        checksum=checksum,
        alt=fields.text("alt"),
        caption=fields.text("caption"),
        credit=fields.text("credit"),
        focus_x=_percent(fields, "focus_x"),
        focus_y=_percent(fields, "focus_y"),
    )
    created_at, former = fields.moment("created_at"), _former_files(fields)
    data = _judged(package.data(MEDIA + name, MAX_PICTURE_BYTES), image)
    image.clean_fields()
    write_file(name, data)
    with transaction.atomic():
        image.save()
        Image.objects.filter(pk=image.pk).update(created_at=created_at)
        for old_name, old_checksum in former:
            known = {"name": old_name, "image": image}
            FormerFile.objects.get_or_create(checksum=old_checksum, defaults=known)


def _judged(data: bytes, image: Image) -> bytes:
    try:
        picture = kept_picture(data)
    except PictureError as error:
        raise ImportFailure(f"the picture is refused: {error}") from error
    if picture.suffix != PurePosixPath(str(image.file.name)).suffix:
        raise ImportFailure("the picture is not of the kind that its name says")
    image.width, image.height = picture.width, picture.height
    return picture.data


def _former_files(fields: Fields) -> list[tuple[str, str]]:
    """Return the names and checksums of the files that were replaced by this one."""
    former = []
    for group in fields.groups("former_files"):
        name, checksum = group.text("name"), _checksum(group)
        if name != image_name(checksum, PurePosixPath(name).suffix):
            raise ImportFailure("a former file's name is not that of its checksum")
        former.append((name, checksum))
    return former


def _checksum(fields: Fields) -> str:
    checksum = fields.text("checksum")
    if not _CHECKSUM.fullmatch(checksum):
        raise ImportFailure("`checksum` is not a SHA-256")
    return checksum


def _percent(fields: Fields, key: str) -> int:
    number = fields.number(key)
    return 50 if number is None else number
