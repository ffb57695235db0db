"""Pictures from the web: only when asked, once each, and kept when their host has gone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from articles.intake import web_pictures
from articles.models import Article, Image, PictureOrigin
from articles.outbound import OutboundError
from tests.builders import picture_bytes

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

ADDRESS = "https://pictures.example/붓.png"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blog").mkdir()
    (tmp_path / "blog" / "글.md").write_text(
        f"---\ntitle: 붓\n---\n![붓 한 자루]({ADDRESS})\n\n![없음](//gone.example/a.png)\n",
        encoding="utf-8",
    )
    return tmp_path / "blog"


@pytest.fixture
def asked(monkeypatch) -> list[str]:
    """The addresses that were asked; the web has one picture."""
    addresses: list[str] = []

    def answer(address: str, **options: object) -> bytes:
        addresses.append(address)
        if address == ADDRESS:
            return picture_bytes()
        raise OutboundError("its host is unknown")

    monkeypatch.setattr(web_pictures, "fetch", answer)
    return addresses


def bring_in(folder: Path, *options: str) -> dict:
    report = folder.parent / "report.json"
    call_command("import_articles", str(folder), *options, "--report", str(report))
    return json.loads(report.read_text())


def test_nothing_is_fetched_unless_asked_nor_in_a_dry_run(folder, asked):
    bring_in(folder)
    bring_in(folder, "--fetch-images", "--dry-run")
    assert asked == []
    assert ADDRESS in Article.objects.get().body


def test_a_picture_is_fetched_once_and_stays(folder, asked):
    report = bring_in(folder, "--fetch-images")
    url = Image.objects.get().url
    body = Article.objects.get().body
    assert f"![붓 한 자루]({url})" in body
    assert "//gone.example/a.png" in body
    [warning] = [w for w in report["items"][0]["warnings"] if "gone.example" in w]
    assert warning == ("image could not be fetched (its host is unknown): //gone.example/a.png")
    assert asked == [ADDRESS, "https://gone.example/a.png"]
    for options in ([], ["--fetch-images"]):
        assert bring_in(folder, *options)["unchanged"] == 1
    assert Article.objects.get().body == body
    assert asked.count(ADDRESS) == 1
    assert PictureOrigin.objects.get().address == ADDRESS


def test_a_host_that_does_not_answer_is_left_alone(asked):
    fetch: Callable[[str], bytes] = web_pictures.PictureFetcher()
    for number in range(6):
        with pytest.raises(ValueError, match="fetched"):
            fetch(f"https://gone.example/{number}.png")
    assert len(asked) == 3
