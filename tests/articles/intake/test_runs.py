"""Storing what parsers return: here every document is Markdown, the simplest of them."""

import json
from contextlib import suppress
from urllib.parse import quote

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from articles.importing.sources import find_sources
from articles.intake import plans, runs
from articles.models import Article, Author, Category, Image, Redirect, Series, Status
from articles.models.image import checksum_of, image_name
from tests.builders import make_article, make_series, picture_bytes, publish

pytestmark = pytest.mark.django_db

FRONT_MATTER = """---
title: "{title}"
date: 2025-07-04
categories: [기술]
tags: [오픈AI, OpenAI]
author: 신피질
---

{body}
"""


@pytest.fixture
def blog(tmp_path):
    folder = tmp_path / "blog"
    folder.mkdir()
    return folder


def write(folder, name="글.md", *, title="첫 글", body="기계는 기다리지 않는다."):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(FRONT_MATTER.format(title=title, body=body), encoding="utf-8")


def run(folder, *options):
    """Import the folder and return the report, whether or not something failed."""
    path = folder.parent / "report.json"
    with suppress(CommandError):
        call_command("import_articles", str(folder), "--report", str(path), *options)
    return json.loads(path.read_text(encoding="utf-8"))


def warnings(report):
    return [warning for item in report["items"] for warning in item["warnings"]]


def test_a_document_becomes_a_draft_with_all_its_fields(blog):
    write(blog)
    report = run(blog)
    article = Article.objects.get()
    assert report["created"] == 1
    assert report["items"][0]["url"] == article.get_absolute_url()
    assert (article.title, article.status) == ("첫 글", Status.DRAFT)
    assert article.published_at.isoformat() == "2025-07-03T15:00:00+00:00"
    assert article.category == Category.objects.get(name="기술")
    assert [author.name for author in article.authors.all()] == ["신피질"]
    assert sorted(article.tags.names()) == ["OpenAI", "오픈AI"]


@pytest.mark.promise("I6")
def test_a_second_run_changes_nothing(blog):
    write(blog)
    run(blog)
    before = Article.objects.values().get()
    report = run(blog)
    assert (report["created"], report["updated"], report["unchanged"]) == (0, 0, 1)
    assert Article.objects.values().get() == before


def test_an_import_is_no_revision_that_readers_need_to_know_of(blog):
    write(blog)
    run(blog, "--status", "published")
    assert not Article.objects.get().was_revised


@pytest.mark.parametrize(
    ("asked", "said", "status"),
    [
        ("draft", "published: true", Status.DRAFT),
        ("published", "draft: true", Status.DRAFT),
        ("published", "layout: post", Status.PUBLISHED),
        ("source", "draft: true", Status.DRAFT),
        ("source", "published: true", Status.PUBLISHED),
        ("source", "layout: post", Status.DRAFT),
    ],
)
def test_the_status_is_as_asked(blog, asked, said, status):
    (blog / "글.md").write_text(f"---\ntitle: 글\n{said}\n---\n\n본문이다.", encoding="utf-8")
    run(blog, "--status", asked)
    assert Article.objects.get().status == status


@pytest.mark.any_engine
def test_links_between_documents_lead_to_their_articles(blog):
    links = "[가]({% post_url 2024-05-06-mill %}) [나](../강.md#절) [다](/기술/2025/07/04/mill.html) [라](없음.md)"
    write(blog, "_posts/2024-05-07-a.md", title="첫 글", body=links)
    write(blog, "_posts/2024-05-06-mill.markdown", title="물레", body="물레는 돈다.")
    write(blog, "강.md", title="강", body="강은 흐른다.")
    (blog / "_config.yml").write_text("title: 강가\ntimezone: Asia/Seoul\n", encoding="utf-8")
    report = run(blog)
    paths = {article.title: quote(article.path) for article in Article.objects.all()}
    body = Article.objects.get(title="첫 글").body
    mill, river = paths["물레"], paths["강"]
    assert body == f"[가]({mill}) [나]({river}#절) [다]({mill}) [라](/_posts/없음.md)"
    lost = [warning for warning in warnings(report) if "leads to no article" in warning]
    assert lost == ["a link leads to no article here: /_posts/없음.md"]


def test_author_and_category_stand_in_where_none_is_named(blog):
    (blog / "글.md").write_text("# 이름 없는 글\n\n본문이다.", encoding="utf-8")
    run(blog, "--author", "홍길동", "--category", "산업")
    article = Article.objects.get()
    assert [author.name for author in article.authors.all()] == ["홍길동"]
    assert article.category.name == "산업"


def test_a_named_author_is_not_replaced(blog):
    write(blog)
    run(blog, "--author", "홍길동")
    assert not Author.objects.filter(name="홍길동").exists()


class TestRunningAgain:
    def test_a_changed_source_is_taken_over(self, blog):
        write(blog)
        run(blog)
        write(blog, body="기계도 기다린다.")
        assert run(blog)["updated"] == 1
        assert Article.objects.get().body.strip() == "기계도 기다린다."

    def test_what_the_desk_has_changed_is_kept_and_named(self, blog):
        write(blog)
        run(blog)
        Article.objects.update(title="편집자의 제목")
        write(blog, title="원문의 새 제목", body="기계는 기다리지 않는다.\n\n사람은 기다린다.")
        report = run(blog)
        article = Article.objects.get()
        assert article.title == "편집자의 제목"
        assert article.body.strip().endswith("사람은 기다린다.")
        assert any("title was edited on the desk" in warning for warning in warnings(report))

    def test_the_desk_s_changes_stay_when_the_source_is_the_same(self, blog):
        write(blog)
        run(blog)
        Article.objects.update(title="편집자의 제목")
        assert run(blog)["unchanged"] == 1
        assert Article.objects.get().title == "편집자의 제목"

    def test_an_essay_rewritten_at_the_desk_is_still_the_same_essay(self, blog):
        write(blog)
        run(blog)
        article = Article.objects.get()
        article.title, article.body = "편집자의 제목", "편집자가 모두 새로 썼다."
        article.save()
        write(blog, body="기계도 기다린다.")
        run(blog)
        assert Article.objects.get().body == "편집자가 모두 새로 썼다."

    def test_the_source_wins_where_the_operator_says_so(self, blog):
        write(blog)
        run(blog)
        Article.objects.update(title="편집자의 제목")
        assert run(blog, "--overwrite-edits")["updated"] == 1
        assert Article.objects.get().title == "첫 글"
        assert run(blog, "--overwrite-edits")["unchanged"] == 1

    def test_what_an_update_writes_over_stays_in_the_history(self, blog):
        write(blog)
        run(blog)
        Article.objects.update(title="편집자의 제목")
        run(blog, "--overwrite-edits")
        kept = Article.objects.get().revisions.order_by("number")
        assert [(r.kind, r.content["title"]) for r in kept] == [
            ("baseline", "편집자의 제목"),
            ("imported", "첫 글"),
        ]

    def test_publication_and_address_are_the_desk_s(self, blog):
        write(blog)
        run(blog)
        article = Article.objects.get()
        article.slug = "다른-주소"
        article.save()
        publish(article)
        write(blog, title="새 제목")
        run(blog, "--overwrite-edits", "--status", "draft")
        article.refresh_from_db()
        assert (article.status, article.slug) == (Status.PUBLISHED, "다른-주소")

    def test_the_same_document_from_another_folder_is_the_same_article(self, blog):
        write(blog, "_posts/글.md")
        run(blog)
        report = run(blog / "_posts")
        assert (report["created"], report["unchanged"]) == (0, 1)

    def test_a_tag_written_in_other_case_is_no_change(self, blog):
        make_article("다른 글", tags=["openai"])
        write(blog)
        run(blog)
        assert run(blog)["unchanged"] == 1


def test_an_import_that_another_one_overtakes_finds_its_articles(blog, monkeypatch):
    write(blog)
    plan = plans.plan

    def overtaken(*args):
        made = plan(*args)
        monkeypatch.setattr(plans, "plan", plan)
        assert runs.run(find_sources([blog]), plans.Options()).counts()["created"] == 1
        return made

    monkeypatch.setattr(plans, "plan", overtaken)
    report = run(blog)
    assert (report["unchanged"], report["failed"]) == (1, 0)
    assert Article.objects.count() == 1


class TestDryRun:
    def test_it_reports_and_writes_nothing(self, blog):
        (blog / "붓.png").write_bytes(picture_bytes())
        write(blog, body="![붓](붓.png)")
        assert run(blog, "--dry-run")["created"] == 1
        assert not Article.objects.exists()
        assert not Category.objects.exists()
        assert not Image.objects.exists()
        assert not default_storage.exists("images")


class TestPictures:
    def test_a_picture_beside_the_document_is_stored_and_shown(self, blog):
        (blog / "images").mkdir()
        (blog / "images" / "붓.png").write_bytes(picture_bytes(size=(30, 20)))
        write(blog, "_posts/글.md", body='![붓](/../images/붓.png "설명")')
        report = run(blog)
        image = Image.objects.get()
        html = Article.objects.get().body_html
        assert warnings(report) == []
        assert f'src="{image.url}"' in html
        assert 'width="30"' in html
        assert default_storage.exists(image.file.name)

    def test_a_file_that_a_killed_import_left_is_written_anew(self, blog):
        data = picture_bytes()
        (blog / "붓.png").write_bytes(data)
        write(blog, body="![붓](붓.png)")
        name = default_storage.save(image_name(checksum_of(data), ".png"), ContentFile(b"half"))
        run(blog)
        image = Image.objects.get()
        assert image.file.name == name
        assert image.file.size > len(b"half")
        assert f'src="{image.url}"' in Article.objects.get().body_html

    def test_a_missing_picture_is_reported_and_not_rendered_broken(self, blog):
        write(blog, body="![그림1](/../images/2025-07/없음.jpg)")
        report = run(blog)
        assert warnings(report) == ["image not found: /../images/2025-07/없음.jpg"]
        assert "<img" not in Article.objects.get().body_html

    def test_a_picture_that_arrives_later_is_taken_in_by_the_next_run(self, blog):
        write(blog, body="![붓](붓.png)")
        run(blog)
        (blog / "붓.png").write_bytes(picture_bytes())
        assert run(blog)["updated"] == 1
        assert "<img" in Article.objects.get().body_html

    def test_a_file_that_is_no_picture_is_refused_and_reported(self, blog):
        (blog / "붓.png").write_bytes(b"<script>alert(1)</script>")
        write(blog, body="![붓](붓.png)")
        assert "refused" in warnings(run(blog))[0]
        assert not Image.objects.exists()

    @pytest.mark.promise("I3")
    @pytest.mark.parametrize("target", ["../../../etc/passwd", "/etc/passwd", "file:///etc/passwd"])
    def test_a_path_out_of_the_folder_is_reported_and_not_read(self, blog, target):
        write(blog, body=f"![비밀]({target})")
        assert len(warnings(run(blog))) == 1
        assert not Image.objects.exists()

    def test_the_only_file_of_that_name_is_found_wherever_it_lies(self, blog):
        (blog / "deep" / "down").mkdir(parents=True)
        (blog / "deep" / "down" / "붓.png").write_bytes(picture_bytes())
        write(blog, body="![붓](elsewhere/붓.png)")
        assert warnings(run(blog)) == []

    def test_a_picture_on_the_web_is_left_there(self, blog):
        write(blog, body="![붓](https://example.com/a.png)")
        assert warnings(run(blog)) == []
        assert "https://example.com/a.png" in Article.objects.get().body_html


class TestFailures:
    @pytest.mark.promise("I2")
    def test_a_bad_document_is_named_and_the_rest_is_imported(self, blog):
        write(blog, "a.md")
        (blog / "b.md").write_text("---\ntitle: [\n---\n본문", encoding="utf-8")
        report = run(blog)
        assert (report["created"], report["failed"]) == (1, 1)
        assert report["items"][1]["source"].endswith("b.md")
        assert report["items"][1]["error"]

    def test_a_failure_is_an_exit_status(self, blog):
        (blog / "b.md").write_text("", encoding="utf-8")
        with pytest.raises(CommandError, match="1 of 1"):
            call_command("import_articles", str(blog))

    def test_a_report_that_cannot_be_written_is_refused_before_anything_is_imported(self, blog):
        write(blog)
        with pytest.raises(CommandError, match=r"r\.json: the report cannot be written"):
            call_command("import_articles", str(blog), "--report", str(blog / "없음" / "r.json"))
        assert not Article.objects.exists()

    def test_an_unforeseen_error_stops_one_document_only(self, blog, monkeypatch):
        write(blog, "a.md", title="넘어질 글")
        write(blog, "b.md")
        save = Article.save

        def stumble(self, **kwargs):
            if self.title == "넘어질 글":
                raise ZeroDivisionError("stumbled")
            save(self, **kwargs)

        monkeypatch.setattr(Article, "save", stumble)
        report = run(blog)
        assert (report["created"], report["failed"]) == (1, 1)
        assert not Article.objects.filter(import_ref="a.md").exists()

    def test_a_body_that_cannot_be_rendered_is_refused_by_name(self, blog):
        write(blog, body="가" * 200_000)
        assert "cannot be rendered" in run(blog)["items"][0]["error"]


class TestSeries:
    def test_a_series_and_its_episode_are_made(self, blog):
        text = "---\ntitle: 글\nseries: 손이 아는 것\nepisode: 3\n---\n\n본문이다."
        (blog / "글.md").write_text(text, encoding="utf-8")
        run(blog)
        article = Article.objects.get()
        assert article.series == Series.objects.get(title="손이 아는 것")
        assert article.episode == 3

    def test_a_taken_episode_is_reported_and_the_essay_is_kept(self, blog):
        make_article("먼저 온 글", series=make_series("손이 아는 것"), episode=3)
        text = "---\ntitle: 글\nseries: 손이 아는 것\nepisode: 3\n---\n\n본문이다."
        (blog / "글.md").write_text(text, encoding="utf-8")
        assert any("is taken" in warning for warning in warnings(run(blog)))
        assert Article.objects.get(title="글").series is None


class TestAddresses:
    def test_an_old_permalink_redirects(self, blog):
        text = "---\ntitle: 글\npermalink: /2025/07/old-post/\n---\n\n본문이다."
        (blog / "글.md").write_text(text, encoding="utf-8")
        run(blog, "--status", "published")
        redirect = Redirect.objects.for_path("/2025/07/old-post/")
        assert redirect.destination() == Article.objects.get().get_absolute_url()

    @pytest.mark.parametrize("name", ["2024-05-01-node.js.md", "2024-05-01-왜 c++인가?.md"])
    def test_a_file_name_that_no_address_can_hold_is_mended(self, blog, client, name):
        write(blog, name)
        report = run(blog, "--status", "published")
        assert report["created"] == 1
        assert client.get(report["items"][0]["url"]).status_code == 200

    def test_a_taken_address_is_not_taken_away(self, blog):
        make_article("먼저 온 글", slug="글")
        text = "---\ntitle: 다른 글\nslug: 글\n---\n\n본문이다."
        (blog / "a.md").write_text(text, encoding="utf-8")
        assert any("is taken" in warning for warning in warnings(run(blog)))
        assert Article.objects.get(import_ref="a.md").slug == "다른-글"


def test_documents_of_one_name_from_two_folders_are_two_articles(tmp_path):
    for folder in ("가", "나"):
        write(tmp_path / folder, "index.md", title=f"{folder}의 글")
    call_command("import_articles", *(str(tmp_path / f / "index.md") for f in ("가", "나")))
    assert Article.objects.count() == 2


class TestSameName:
    """Files of one name from different places, imported in different runs."""

    def test_a_different_essay_never_overwrites_the_first(self, tmp_path):
        for folder in ("가", "나"):
            write(tmp_path / folder, "a.md", title=f"{folder}의 글", body=f"{folder}의 본문이다.")
            report = run(tmp_path / folder)
            assert report["created"] == 1
        assert sorted(Article.objects.values_list("title", flat=True)) == ["가의 글", "나의 글"]
        assert run(tmp_path / "나")["unchanged"] == 1
        assert run(tmp_path / "가")["unchanged"] == 1

    def test_a_third_is_refused_by_name(self, tmp_path):
        for place in ("하나", "둘", "셋"):
            folder = tmp_path / place / "blog"
            write(folder, "a.md", title=f"{place}의 글", body=f"{place}의 본문이다.")
            report = run(folder)
        assert "rename the file" in report["items"][0]["error"]
        assert Article.objects.count() == 2

    def test_a_new_title_over_the_same_text_is_a_revision(self, blog):
        write(blog)
        run(blog)
        write(blog, title="고친 제목")
        assert run(blog)["updated"] == 1
        assert Article.objects.get().title == "고친 제목"
