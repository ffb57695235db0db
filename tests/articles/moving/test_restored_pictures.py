"""A picture comes back as it was, and never in the place of another."""

import pytest

from articles.importing.documents import ImportFailure
from articles.models import Image
from articles.moving.exports import seal
from articles.moving.fields import Fields
from articles.moving.packages import package_at
from articles.moving.records import image_record
from articles.moving.restored_pictures import restore_picture
from articles.moving.targets import opened_target
from tests.builders import picture_bytes

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("forged", "data", "problem"),
    [
        ({"checksum": "f" * 64}, None, "checksum"),
        ({"checksum": "x"}, None, "SHA-256"),
        ({"focus_x": -1}, None, "focus_x"),
        ({}, b"<script>", "refused"),
        ({}, picture_bytes("GIF"), "kind"),
    ],
)
def test_a_forged_picture_is_refused(tmp_path, forged, data, problem):
    stored = Image.objects.store(picture_bytes("PNG"))
    record = image_record(stored)
    with opened_target(tmp_path / "folder") as target:
        target.add(f"media/{stored.file.name}", [data or picture_bytes("PNG")])
        seal(target, {})
    Image.objects.all().delete()
    with pytest.raises(ImportFailure, match=problem):
        restore_picture(Fields(record | forged), package_at(tmp_path / "folder"))


def test_a_checksum_that_begins_like_another_takes_no_file_away(tmp_path):
    stored = Image.objects.store(picture_bytes("PNG"))
    forged = image_record(stored) | {"checksum": stored.checksum[:20] + "0" * 44}
    with opened_target(tmp_path / "folder") as target:
        target.add(f"media/{stored.file.name}", [picture_bytes("PNG", size=(9, 9))])
        seal(target, {})
    with pytest.raises(ImportFailure, match="another picture"):
        restore_picture(Fields(forged), package_at(tmp_path / "folder"))
