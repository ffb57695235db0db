"""글 가져오기 at the desk: uploading, reviewing, correcting, storing, and whose uploads they are."""

import io
import json
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from accounts.roles import Role
from articles.admin import import_pages
from articles.intake import import_files, import_storing
from articles.intake.turns import import_turn
from articles.models import Article, Author, Deed, DeskEvent, ImportBatch, ImportRow, Status
from tests.articles.desk import signed_in
from tests.builders import PUBLISHED_AT, make_article, make_author, make_category, picture_bytes
from tests.roles import make_member

pytestmark = [pytest.mark.any_engine, pytest.mark.django_db]

START = "/admin/articles/article/import/"
POST = """---
title: {title}
date: 2021-03-04 05:06:00 +0900
author: 김서하
category: 기술
tags: [물, 강]
permalink: /2021/{slug}/
published: true
---
{body}
"""


def post(title="강가에서", slug="river", body="강가에 앉아 물을 본다."):
    return POST.format(title=title, slug=slug, body=body)


def archive(files):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return target.getvalue()


def upload(client, files, **options):
    """Upload files by name and read them; returns the batch."""
    sent = [
        SimpleUploadedFile(name, data if isinstance(data, bytes) else data.encode())
        for name, data in files.items()
    ]
    response = client.post(START, {"files": sent, "status": "draft", **options})
    assert response.status_code == 303, response.content.decode()
    batch = ImportBatch.objects.latest("pk")
    go_on(client, batch)
    return batch


def url(batch, rest=""):
    return f"{START}{batch.pk}/{rest}"


def go_on(client, batch):
    for _ in range(20):
        batch.refresh_from_db()
        if batch.state in ("review", "done"):
            return
        assert client.post(url(batch), {"step": "1"}).status_code == 303


def confirm(client, batch, **fields):
    response = client.post(url(batch), {"confirm": "1", **choices(batch), **fields})
    go_on(client, batch)
    return response


def choices(batch, **fields):
    numbers = list(batch.rows.values_list("number", flat=True))
    return {"row": numbers, "take": numbers, **fields}


def row_form(row, **changes):
    names = ("title", "dek", "slug", "category", "series")
    form = {name: row.found.get(name, "") for name in names}
    form |= {"authors": ", ".join(row.found["authors"]), "tags": ", ".join(row.found["tags"])}
    form |= {"published_at_0": "2021-03-04", "published_at_1": "05:06", "is_included": "on"}
    form |= {f"summary_{number}": "" for number in (1, 2, 3)}
    return form | {"episode": "", "status": "", "_stay": "1"} | changes


@pytest.fixture
def editor():
    return signed_in(make_member(Role.EDITOR, display_name="정편집"))


@pytest.fixture
def writer():
    return signed_in(make_member(Role.WRITER, display_name="이필자"))


def test_an_archive_is_reviewed_and_comes_in_with_its_pictures(editor):
    files = {
        "_posts/2021-03-04-river.md": post(body="![물](/images/물.png)\n\n![없음](/images/x.png)"),
        "_posts/2021-03-05-none.md": "제목 없는 글이다.\n\n둘째 문단이다.",
        "images/물.png": picture_bytes(),
    }
    batch = upload(editor, {"blog.zip": archive(files)})
    assert not Article.objects.exists()
    page = editor.get(url(batch)).content.decode()
    assert "강가에서" in page
    assert "그림 1개, 못 찾음 1개" in page
    assert "확실" in page
    assert "추정" in page
    record = editor.get(url(batch, "1/")).content.decode()
    assert "그림을 찾지 못했습니다: /images/x.png" in record
    confirm(editor, batch)
    article = Article.objects.get(title="강가에서")
    assert article.status == Status.DRAFT
    assert article.body.startswith("![물](/media/images/")
    assert DeskEvent.objects.filter(deed=Deed.IMPORT, article_ref=article.pk).exists()
    result = editor.get(url(batch)).content.decode()
    assert f"/admin/articles/article/{article.pk}/change/" in result
    assert f"/admin/articles/article/{article.pk}/publish/" in result
    found = editor.get(url(batch, "1/")).content.decode()
    assert "그림을 찾지 못했습니다: /images/x.png" in found
    assert "2021.03.04 05:06" in found
    assert editor.get(url(batch, "1/preview/")).status_code == 404
    report = json.loads(editor.get(url(batch, "report/")).content)
    assert (report["created"], report["failed"]) == (2, 0)
    assert not import_files.folder_of(batch).exists()


def test_what_is_corrected_and_left_out_is_what_comes_in_and_stays_so(editor):
    batch = upload(editor, {"a.md": post(), "b.md": post("둘째", "second")})
    row = batch.rows.get(label="a.md")
    changed = row_form(row, title="강가에서 본 것", tags="물", category="사회", slug="by-the-river")
    assert editor.post(url(batch, "1/"), changed).status_code == 303
    row.refresh_from_db()
    assert set(row.corrections) == {"title", "tags", "category", "slug"}
    assert "원본: 강가에서" in editor.get(url(batch, "1/")).content.decode()
    confirm(editor, batch, take=[1])
    article = Article.objects.get()
    assert (article.title, article.slug) == ("강가에서 본 것", "by-the-river")
    assert article.category.name == "사회"
    again = upload(editor, {"a.md": post()})
    assert again.rows.get().action == "unchanged"


def test_refused_files_are_named_and_the_others_taken(editor, monkeypatch):
    response = editor.post(
        START, {"files": [SimpleUploadedFile("글.hwp", b"x")], "status": "draft"}
    )
    assert response.status_code == 422
    assert "글.hwp: 마크다운" in response.content.decode()
    monkeypatch.setattr("articles.admin.import_uploads.MAX_BYTES", 500)
    files = [SimpleUploadedFile("a.md", post().encode()), SimpleUploadedFile("b.md", b"x" * 500)]
    response = editor.post(START, {"files": files, "status": "draft"}, follow=True)
    assert "b.md: 한 번에 모두" in response.content.decode()
    batch = ImportBatch.objects.get()
    assert batch.files == ["a.md"]
    go_on(editor, batch)
    assert "b.md: 한 번에 모두" in editor.get(url(batch)).content.decode()
    many = [SimpleUploadedFile(f"{number}.md", b"x") for number in range(101)]
    response = editor.post(START, {"files": many, "status": "draft"})
    assert response.status_code == 413
    assert "zip 하나로" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", archive({"../a.md": "글"}), "위험한 경로"),
        ("b.zip", archive({"a.md": "글" * 10}) + b"x", "실패"),
        ("c.zip", b"PK\x03\x04 broken", "zip"),
        ("d.md", b"\x00\x01\x02", "실패"),
        ("e.xml", b"<rss/>", "아직 지원하지 않는 파일"),
        ("f.json", b"{}", "아직 지원하지 않는 파일"),
    ],
)
def test_hostile_and_foreign_files_fail_by_name_in_korean(editor, name, data, reason):
    batch = upload(editor, {name: data})
    page = editor.get(url(batch)).content.decode()
    if name != "b.zip":
        assert reason in page
        assert batch.rows.get().action == "failed"
    assert editor.post(url(batch), {"confirm": "1", "row": [1]}).status_code in {303, 422}
    assert name in page


def test_a_writer_brings_own_drafts_and_changes_nobody_elses(writer, editor):
    make_author("김서하")
    make_category("기술")
    batch = upload(editor, {"a.md": post()}, status="source")
    assert confirm(editor, batch).status_code == 422
    confirm(editor, batch, reason="옛 블로그의 글입니다")
    published = Article.objects.get()
    assert published.status == Status.PUBLISHED
    theirs = post("필자의 글", body="같은 이름의 다른 글.").replace("김서하", "모르는이")
    for content in (theirs, post()):
        mine = upload(writer, {"a.md": content}, status="source")
        confirm(writer, mine)
    own = Article.objects.exclude(pk=published.pk)
    assert {article.status for article in own} == {Status.DRAFT}
    assert {article.owner.display_name for article in own} == {"이필자"}
    assert not Author.objects.filter(name="모르는이").exists()
    published.refresh_from_db()
    assert published.title == "강가에서"
    assert published.redirects.count() <= 1
    own.update(status=Status.APPROVED)
    last = upload(writer, {"a.md": post("또 고친 글")})
    assert "승인되거나 발행된" in writer.get(url(last)).content.decode()


def test_a_form_changes_no_more_than_it_shows(writer, editor):
    theirs = upload(editor, {"a.md": post()})
    mine = upload(writer, {"b.md": post("내 글", "mine")})
    sent = row_form(mine.rows.get(), status="published", overwrites="on")
    assert writer.post(url(mine, "1/"), sent).status_code == 303
    assert "status" not in mine.rows.get().corrections
    assert writer.post(url(theirs, "1/"), sent).status_code == 404
    assert not theirs.rows.get().corrections
    confirm(writer, mine, status="source")
    assert Article.objects.get().status == Status.DRAFT
    assert writer.post(url(mine, "1/"), row_form(theirs.rows.get())).status_code == 303
    assert mine.rows.get().title == "내 글"


def test_nobody_sees_the_upload_of_somebody_else(writer, editor):
    batch = upload(writer, {"a.md": post(body="![](x.png)"), "x.png": picture_bytes()})
    picture = writer.get(url(batch, "1/picture/0/"))
    assert picture["Content-Type"] == "image/png"
    assert picture["Content-Security-Policy"] == "default-src 'none'; sandbox"
    for path in ("", "report/", "1/", "1/preview/", "1/picture/0/"):
        assert editor.get(url(batch, path)).status_code == 404
    assert editor.post(url(batch), {"discard": "1"}).status_code == 404
    moderator = signed_in(make_member(Role.MODERATOR))
    assert moderator.get(START).status_code == 403
    assert Client().get(START).status_code == 302


def test_the_preview_is_the_sites_own_page_with_the_uploads_pictures_and_no_scripts(editor):
    body = "**굵게** ![그림](x.png)\n\n<script>alert(1)</script><img src=x onerror=alert(1)>"
    batch = upload(editor, {"a.md": post(body=body), "x.png": picture_bytes()})
    response = editor.get(url(batch, "1/preview/"))
    page = response.content.decode()
    assert "<strong>굵게</strong>" in page
    assert url(batch, "1/picture/0/") in page
    assert "alert(1)</script>" not in page
    assert "onerror=alert" not in page
    assert "script-src 'self'" in response["Content-Security-Policy"]
    assert editor.get(url(batch, "1/picture/9/")).status_code == 404


def test_what_the_desk_has_edited_is_kept_unless_it_is_to_be_overwritten(editor):
    confirm(editor, upload(editor, {"a.md": post()}))
    Article.objects.update(title="편집실의 제목")
    newer = {"a.md": post("원본의 새 제목", body="강가에 앉아 물을 본다.\n\n덧붙인 글.")}
    kept = upload(editor, newer)
    assert "편집실에서 고친 칸: 제목" in editor.get(url(kept)).content.decode()
    page = editor.get(url(kept, "1/")).content.decode()
    assert "<del>편집실" in page
    assert "<ins>원본" in page
    confirm(editor, kept)
    assert Article.objects.get().title == "편집실의 제목"
    newest = {"a.md": post("원본의 다른 제목", body="강가에 앉아 물을 본다.\n\n또 덧붙인 글.")}
    Article.objects.update(status=Status.PUBLISHED, published_at=PUBLISHED_AT)
    over = upload(editor, newest)
    assert confirm(editor, over, overwrite=[1]).status_code == 422
    confirm(editor, over, overwrite=[1], reason="원본에서 고친 글입니다")
    assert Article.objects.get().title == "원본의 다른 제목"


def test_small_steps_two_tabs_and_a_killed_server_make_no_doubles(editor, monkeypatch):
    monkeypatch.setattr(import_pages, "SECONDS_A_STEP", 0.0)
    files = {f"{number}.md": post(f"글 {number}", f"s{number}") for number in range(5)}
    batch = upload(editor, {"blog.zip": archive(files)})
    assert list(batch.rows.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    for _ in range(2):
        assert editor.post(url(batch), {"confirm": "1", **choices(batch)}).status_code == 303
    editor.post(url(batch), {"step": "1"})
    assert Article.objects.count() == 1
    stored, finish = ImportRow.objects.exclude(outcome="").get(), import_storing._finish

    def killed(*arguments):
        finish(*arguments)
        raise SystemExit

    monkeypatch.setattr(import_storing, "_finish", killed)
    with pytest.raises(SystemExit):
        editor.post(url(batch), {"step": "1"})
    monkeypatch.setattr(import_storing, "_finish", finish)
    assert Article.objects.count() == 1
    import_storing._store(stored.pk, batch, import_storing.Folders(batch), None)
    go_on(editor, batch)
    assert Article.objects.count() == 5
    assert batch.rows.filter(outcome="created").count() == 5


def test_while_somebody_else_imports_it_waits_and_loses_nothing(editor, monkeypatch):
    batch = upload(editor, {"a.md": post()})
    editor.post(url(batch), {"confirm": "1", **choices(batch)})

    def busy(**_):
        raise import_pages.AnotherImportRunning(None, "")

    monkeypatch.setattr(import_storing, "import_turn", busy)
    response = editor.post(url(batch), {"step": "1"})
    assert response.status_code == 409
    assert "다른 가져오기가 진행 중입니다" in response.content.decode()
    monkeypatch.setattr(import_storing, "import_turn", import_turn)
    go_on(editor, batch)
    assert Article.objects.count() == 1


def test_an_export_of_our_own_is_left_to_the_operator(editor, tmp_path):
    make_article()
    call_command("export_articles", str(tmp_path / "out.zip"), stdout=io.StringIO())
    sent = SimpleUploadedFile("out.zip", (tmp_path / "out.zip").read_bytes())
    response = editor.post(START, {"files": [sent], "status": "draft"})
    assert response.status_code == 422
    assert "필담에서 내보낸 묶음입니다" in response.content.decode()
    assert list(import_files.Path(import_files.settings.IMPORT_ROOT).iterdir()) == []


def test_uploads_that_nobody_goes_on_with_are_purged(editor):
    batch = upload(editor, {"a.md": post()})
    folder = import_files.folder_of(batch)
    assert (folder / "a.md").exists()
    ImportBatch.objects.update(touched_at=PUBLISHED_AT)
    call_command("purge_working_copies", stdout=io.StringIO())
    assert not ImportBatch.objects.exists()
    assert not folder.exists()


def test_a_form_without_its_token_is_refused(editor):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = editor.cookies
    sent = {"files": [SimpleUploadedFile("a.md", b"x")], "status": "draft"}
    assert strict.post(START, sent).status_code == 403
    assert not ImportBatch.objects.exists()


@pytest.mark.parametrize(
    "place", ["pathlib.Path.open", f"{import_pages.__name__}.LimitedUpload.receive_data_chunk"]
)
def test_an_upload_for_which_the_disk_has_no_room_is_refused_and_leaves_nothing(
    editor, monkeypatch, place
):
    def full(*arguments, **options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(place, full)
    response = editor.post(START, {"files": SimpleUploadedFile("a.md", b"# a"), "status": "draft"})
    monkeypatch.undo()
    assert response.status_code == 507
    assert "디스크가 찼을 수" in response.content.decode()
    assert not ImportBatch.objects.exists()
