"""A disk that is full: writing is answered 503 and leaves no trace, reading goes on."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.models import QuerySet
from django.test import Client

from accounts.models import Session
from articles.models import Image
from comments.models import Comment
from tests.articles.desk import make_editor, signed_in
from tests.builders import make_article, picture_bytes
from tests.comments.builders import discussion_url, make_comment, post_comment

pytestmark = pytest.mark.any_engine
PAGES_WITHOUT_END = 1_073_741_823


def run(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int((cursor.fetchone() or [0])[0])


@pytest.fixture
def patient_client() -> Client:
    return Client(raise_request_exception=False)


@pytest.fixture
def fill_the_disk(transactional_db: None) -> Iterator[Callable[[], None]]:
    """Yield what lets SQLite find no page more, as it finds none on a full disk."""

    def fill() -> None:
        unused = run("PRAGMA freelist_count") * run("PRAGMA page_size")
        run(f"CREATE TABLE filler AS SELECT zeroblob({unused}) AS zeros")
        run("PRAGMA max_page_count = 1")

    yield fill
    run(f"PRAGMA max_page_count = {PAGES_WITHOUT_END}")
    run("DROP TABLE IF EXISTS filler")


@pytest.mark.promise("F7", "K6")
def test_comments_are_answered_503_and_readers_go_on_reading(patient_client, fill_the_disk):
    article = make_article(body="먹을 간다.")
    comment = make_comment(article)
    editor = signed_in(make_editor())
    fill_the_disk()
    answer = post_comment(patient_client, article, "먹 " * 2000)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer["Cache-Control"] == "private, no-store"
    pages = ("/", article.get_absolute_url(), discussion_url(article), "/feed/", "/archive/")
    assert [patient_client.get(page).status_code for page in pages] == [200] * len(pages)
    assert patient_client.get("/없는-주소/").status_code == 404
    assert editor.get("/admin/articles/article/").status_code == 200
    assert list(Comment.objects.all()) == [comment]


@pytest.mark.django_db
@pytest.mark.promise("F7")
def test_a_desk_that_cannot_forget_what_it_has_said_is_read_and_written_to_in_vain(monkeypatch):
    def full(session: Session, **options: object) -> None:
        raise OperationalError("database or disk is full")

    editor = signed_in(make_editor())
    editor.raise_request_exception = False
    assert editor.post("/admin/articles/image/add/", {"upload": upload(), "alt": "붓"}).url
    monkeypatch.setattr(Session, "save", full)
    for _ in range(2):
        page = editor.get("/admin/articles/image/")
        assert (page.status_code, "추가" in page.text) == (200, True)
    answer = editor.post("/admin/articles/image/add/", {"upload": upload((9, 9)), "alt": "먹"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def upload(size: tuple[int, int] = (16, 10)) -> SimpleUploadedFile:
    return SimpleUploadedFile("그림.png", picture_bytes(size=size))


@pytest.mark.django_db
@pytest.mark.promise("F7")
def test_a_visit_that_cannot_be_noted_keeps_nobody_from_reading(monkeypatch):
    def full(*args: object, **fields: object) -> int:
        raise OperationalError("database or disk is full")

    editor = signed_in(make_editor())
    monkeypatch.setattr(cache, "add", lambda *args: True)
    monkeypatch.setattr(QuerySet, "update", full)
    assert editor.get("/accounts/profile/").status_code == 200


@pytest.mark.django_db
@pytest.mark.promise("F7")
@pytest.mark.parametrize("late", [False, True], ids=["written", "reaching the disk"])
def test_a_picture_for_which_there_is_no_room_is_answered_503_and_leaves_no_file(monkeypatch, late):
    def no_room(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def full(storage: FileSystemStorage, name: str, content: object) -> None:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        no_room()

    editor = signed_in(make_editor())
    editor.raise_request_exception = False
    with monkeypatch.context() as patched:
        if late:
            patched.setattr(os, "fsync", no_room)
        else:
            patched.setattr(FileSystemStorage, "_save", full)
        answer = editor.post("/admin/articles/image/add/", {"upload": upload(), "alt": "붓"})
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert not Image.objects.exists()
    assert not [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
