"""A WordPress export from its file to the pages of this site, and its comments after it."""

import json
from contextlib import suppress
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command

from articles.models import Article, Image, Redirect, Status
from comments.models import Comment
from tests.articles.importing.wordpress import (
    BLOG,
    attachment,
    comment,
    export,
    item,
    meta,
)
from tests.builders import picture_bytes

pytestmark = pytest.mark.django_db

UPLOADS = f"{BLOG}/wp-content/uploads/2020"


@pytest.fixture
def site(tmp_path):
    """Return a folder as a blog leaves it: two posts that name one another, and their pictures."""
    first = item(
        7,
        f'<p><a href="{BLOG}/2020/%EB%91%98/#a">둘</a> <a href="{BLOG}/?p=8">둘째</a>'
        f' <a href="{BLOG}/none/">없음</a></p><img src="{UPLOADS}/a-300x200.jpg">'
        f'<img src="{UPLOADS}/gone.jpg">',
        meta("_thumbnail_id", "9"),
        comment(1),
        comment(2, parent=1),
        title="하나",
    )
    second = item(8, "글", comment(3), title="둘", link=f"{BLOG}/2020/%EB%91%98/", post_name="둘")
    folder = tmp_path / "site"
    pictures = folder / "wp-content" / "uploads" / "2020"
    pictures.mkdir(parents=True)
    (pictures / "a.jpg").write_bytes(picture_bytes())
    write(folder, first, second, attachment(9, "2020/a.jpg", alt="강"))
    return folder


def write(folder, *items):
    (folder / "export.xml").write_text(export(*items), encoding="utf-8")


def run(path, *options):
    report = path.parent / "report.json"
    with suppress(CommandError):
        call_command("import_articles", str(path), "--report", str(report), *options)
    return json.loads(report.read_text(encoding="utf-8"))


def warnings_of(report):
    return [warning for each in report["items"] for warning in each["warnings"]]


def test_posts_are_published_with_their_pictures_and_links(site, client):
    report = run(site, "--status", "source")
    first, second = Article.objects.order_by("import_ref")
    image = Image.objects.get()
    assert (report["created"], report["failed"], first.status) == (2, 0, Status.PUBLISHED)
    assert (first.lead_image, first.lead_image_alt) == (image, "강")
    assert first.body == (
        "[둘](/articles/%EB%91%98/#a) [둘째](/articles/%EB%91%98/) "
        f"[없음]({BLOG}/none/)\n\n![]({image.url})![]({UPLOADS}/gone.jpg)"
    )
    assert client.get("/?p=7").headers["Location"] == first.get_absolute_url()
    assert client.get("/2020/둘/").headers["Location"] == second.get_absolute_url()


def test_what_is_missing_is_named(site):
    warnings = warnings_of(run(site))
    assert sum("gone.jpg" in warning for warning in warnings) == 1
    assert sum("/none/" in warning for warning in warnings) == 1


def test_a_second_run_changes_nothing(site):
    run(site, "--status", "source")
    before = list(Article.objects.order_by("pk").values())
    report = run(site, "--status", "source", "--update")
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 2)
    assert list(Article.objects.order_by("pk").values()) == before


def test_an_archive_is_read_like_its_folder_and_a_dry_run_writes_nothing(site, tmp_path):
    archive = tmp_path / "site.zip"
    with ZipFile(archive, "w") as packed:
        for path in site.rglob("*.*"):
            packed.write(path, path.relative_to(site))
    assert run(archive, "--dry-run")["created"] == 2
    assert not Article.objects.exists()
    assert not Image.objects.exists()
    run(archive)
    assert Image.objects.count() == 1
    assert run(site)["unchanged"] == 2


def test_nothing_that_was_not_public_is_published(site):
    kept = {"draft": Status.DRAFT, "pending": Status.IN_REVIEW, "private": Status.DRAFT}
    items = [item(n, status=status, title=status) for n, status in enumerate(kept, start=1)]
    later = item(5, status="future", title="future", post_date_gmt="2100-01-01 00:00:00")
    write(site, *items, later, item(4, post_password="열려라", title="password"))
    run(site, "--status", "published")
    found = dict(Article.objects.values_list("title", "status"))
    assert found == {**kept, "password": Status.DRAFT, "future": Status.PUBLISHED}
    assert not Article.objects.published().exists()


def test_the_desks_text_keeps_its_links(site):
    run(site)
    first = Article.objects.get(title="하나")
    first.body = f"[고친 글]({BLOG}/?p=8)"
    first.save()
    assert run(site)["unchanged"] == 2
    first.refresh_from_db()
    assert first.body == f"[고친 글]({BLOG}/?p=8)"


def test_pages_are_taken_or_left(site):
    write(site, item(1, post_type="page"), item(2, status="trash"))
    report = run(site, "--pages", "skip")
    assert (report["created"], sum(report["left_out"].values())) == (0, 2)
    assert run(site)["created"] == 1


def test_a_file_that_breaks_off_costs_no_other(site):
    (site / "second.xml").write_text(export(item(20)).removesuffix("</channel></rss>\n"))
    report = run(site)
    assert (report["created"], report["failed"]) == (2, 1)
    assert report["items"][-1]["source"].endswith("second.xml")


def test_comments_find_the_articles_whatever_became_of_their_addresses(site, capsys):
    call_command("import_articles", str(site))
    assert "3 comments" in capsys.readouterr().out
    Redirect.objects.all().delete()
    for article in Article.objects.all():
        article.slug = f"새-{article.pk}"
        article.save()
    call_command("import_comments", str(site / "export.xml"))
    found = sorted(Comment.objects.values_list("article__title", "root__import_ref"), key=str)
    answered = "wordpress:blog.example:1"
    assert found == [("둘", None), ("하나", answered), ("하나", None)]


def test_links_between_other_documents_lead_to_articles_too(tmp_path):
    blog = tmp_path / "blog"
    blog.mkdir()
    (blog / "a.md").write_text("---\ntitle: 가\n---\n[나](/옛/나.html#b) `[나](/옛/나.html)`")
    (blog / "b.md").write_text("---\ntitle: 나\nredirect_from: /옛/나.html\n---\n본문")
    run(blog)
    article = Article.objects.get(title="가")
    assert article.body == "[나](/articles/%EB%82%98/#b) `[나](/옛/나.html)`"
