"""A Ghost export from its file to the pages of this site."""

import json
from contextlib import suppress
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Image, Status
from tests.articles.importing.ghost import export, post
from tests.builders import picture_bytes

pytestmark = [pytest.mark.django_db, pytest.mark.any_engine]

IMAGES = "__GHOST_URL__/content/images"


@pytest.fixture
def site(tmp_path):
    """Return a folder with an export of two posts, of which one shows a picture, and other JSON."""
    folder = tmp_path / "site"
    pictures = folder / "content" / "images" / "2020"
    pictures.mkdir(parents=True)
    (pictures / "a.png").write_bytes(picture_bytes())
    (folder / "package.json").write_text('{"name": "ghost"}')
    write(folder)
    return folder


def write(folder, **said):
    page = (
        f'<p><a href="__GHOST_URL__/둘/#a">둘</a> <a href="__GHOST_URL__/tag/x/">갈래</a></p>'
        f'<img src="{IMAGES}/size/w600/2020/a.png"><img src="{IMAGES}/gone.png">'
    )
    first = post(1, html=page, feature_image=f"{IMAGES}/2020/a.png", title="하나") | said
    (folder / "blog.json").write_text(export(first, post(2, slug="둘", title="둘")))


def run(path, *options):
    report = path.parent / "report.json"
    with suppress(CommandError):
        call_command("import_articles", str(path), "--report", str(report), *options)
    return json.loads(report.read_text(encoding="utf-8"))


def test_posts_are_published_with_their_pictures_and_links(site, client):
    report = run(site, "--status", "source")
    first, second = Article.objects.order_by("import_ref")
    image = Image.objects.get()
    assert (report["created"], report["failed"], first.status) == (2, 0, Status.PUBLISHED)
    assert first.lead_image == image
    assert first.body == (
        "[둘](/articles/%EB%91%98/#a) [갈래](/tag/x/)\n\n"
        f"![]({image.url})![](/content/images/gone.png)"
    )
    assert client.get("/둘/").headers["Location"] == second.get_absolute_url()
    warnings = [warning for each in report["items"] for warning in each["warnings"]]
    assert sum("gone.png" in warning for warning in warnings) == 1
    assert sum("/tag/x/" in warning for warning in warnings) == 1


def test_a_second_run_finds_every_post_again(site):
    run(site)
    before = list(Article.objects.order_by("pk").values())
    assert run(site, "--update")["unchanged"] == 2
    assert list(Article.objects.order_by("pk").values()) == before
    write(site, title="새 이름", slug="new", html="<p>아주 다른 글</p>")
    assert (run(site)["updated"], Article.objects.count()) == (1, 2)


def test_an_archive_of_images_alone_is_searched_too(site, tmp_path):
    archive = tmp_path / "site.zip"
    with ZipFile(archive, "w") as packed:
        packed.write(site / "blog.json", "blog.json")
        packed.write(site / "content" / "images" / "2020" / "a.png", "images/2020/a.png")
    write(site, visibility="members")
    run(archive, "--status", "published")
    assert Image.objects.count() == 1
    assert Article.objects.published().count() == 2
    Article.objects.all().delete()
    run(site, "--status", "published")
    assert Article.objects.published().count() == 1
