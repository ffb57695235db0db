"""Copies are made once, another picture takes the place of one, and files go with their rows."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from articles.models import Article, FormerFile, Image
from articles.picture_library import add_renditions, judged_replacement, replace_picture
from articles.pictures import PictureError
from tests.articles.page import in_one_line
from tests.builders import animation_bytes, make_article, make_image, picture_bytes

pytestmark = pytest.mark.django_db

OLD = picture_bytes(size=(500, 300))
NEW = picture_bytes(size=(300, 500))


def replace(image: Image, data: bytes) -> int:
    replacement = judged_replacement(image, data)
    assert replacement is not None
    return replace_picture(image, replacement)


class TestRenditions:
    def test_a_page_shows_the_picture_itself_until_there_are_copies(self, client):
        image = Image.objects.store(OLD)
        article = make_article(lead_image=image, body=f"![그림]({image.url})")
        page = in_one_line(client.get(article.get_absolute_url()))
        assert page.count(f'src="{image.url}"') == 2
        assert page.count('width="500"') == 2
        assert "<source" not in page

    def test_copies_are_offered_at_the_head_and_in_the_text(self, client):
        image = Image.objects.store(OLD)
        article = make_article(lead_image=image, body=f"![그림]({image.url})")
        call_command("make_renditions")
        page = in_one_line(client.get(article.get_absolute_url()))
        stem = image.url.removesuffix(".png")
        assert page.count(f'type="image/avif" srcset="{stem}-r1-240.avif 240w, ') == 2
        assert page.count(f'src="{image.url}"') == 2

    def test_copies_are_made_once(self, capsys):
        Image.objects.store(OLD)
        call_command("make_renditions")
        call_command("make_renditions")
        assert capsys.readouterr().out.count("1 pictures given copies") == 1

    def test_a_picture_that_another_process_works_on_is_left_to_it(self):
        image = Image.objects.store(OLD)
        later = timezone.now() + timedelta(minutes=5)
        Image.objects.update(renditions_claimed_until=later)
        assert not add_renditions(image.pk)
        Image.objects.update(renditions_claimed_until=timezone.now())
        assert add_renditions(image.pk)

    def test_copies_that_were_lost_are_made_again(self):
        image = Image.objects.store(OLD)
        call_command("make_renditions")
        image.refresh_from_db()
        lost = image.rendition_names()[0]
        default_storage.delete(lost)
        call_command("make_renditions", "--missing")
        assert not default_storage.exists(lost)
        call_command("make_renditions")
        assert default_storage.exists(lost)

    def test_a_picture_without_a_file_stops_nobody_else(self):
        make_image("잃어버린 그림")
        there = Image.objects.store(OLD)
        call_command("make_renditions")
        there.refresh_from_db()
        assert there.rendition_widths == [240, 480, 500]

    def test_an_animation_is_shown_as_it_is(self):
        image = Image.objects.store(animation_bytes("GIF"))
        assert add_renditions(image.pk)
        image.refresh_from_db()
        assert (image.source_sets, image.copy_url(480)) == ((), image.url)

    def test_copies_of_a_picture_replaced_meanwhile_are_not_noted(self, monkeypatch):
        image = Image.objects.store(OLD)

        def replaced_meanwhile(data: bytes) -> list:
            replace(Image.objects.get(), NEW)
            return []

        monkeypatch.setattr("articles.picture_library.make_renditions", replaced_meanwhile)
        assert not add_renditions(image.pk)
        assert Image.objects.without_renditions().get().width == 300


class TestReplacement:
    def test_every_article_shows_the_new_picture(self, client):
        image = Image.objects.store(OLD)
        leading = make_article("머리", lead_image=image)
        showing = make_article("본문", body=f"![그림]({image.url})")
        old_url = image.url
        assert replace(image, NEW) == 2
        for article in (leading, showing):
            page = client.get(article.get_absolute_url()).text
            assert f'src="{image.url}"' in page
            assert f'src="{old_url}"' not in page

    def test_the_words_of_an_article_are_not_touched(self):
        image = Image.objects.store(OLD)
        article = make_article(body=f"![그림]({image.url})")
        replace(image, NEW)
        assert Article.objects.get().body == article.body

    def test_the_old_files_go_once_that_is_certain(self, django_capture_on_commit_callbacks):
        image = Image.objects.store(OLD)
        call_command("make_renditions")
        image.refresh_from_db()
        old = image.file_names()
        with django_capture_on_commit_callbacks(execute=True):
            replace(image, NEW)
            assert default_storage.exists(old[0])
        assert not any(map(default_storage.exists, old))
        assert default_storage.exists(image.file.name)

    def test_the_old_bytes_are_known_as_the_picture_that_took_their_place(self):
        image = Image.objects.store(OLD)
        old_url = image.url
        replace(image, NEW)
        assert Image.objects.store(OLD) == image
        assert Image.objects.with_url(old_url) == image

    def test_the_old_picture_can_come_back(self):
        image = Image.objects.store(OLD)
        old_url = image.url
        replace(image, NEW)
        replace(image, OLD)
        assert image.url == old_url
        assert FormerFile.objects.get().name != image.file.name

    def test_another_picture_of_the_library_is_not_doubled(self):
        image = Image.objects.store(OLD)
        Image.objects.store(NEW, alt="새 그림")
        with pytest.raises(PictureError, match="새 그림"):
            judged_replacement(image, NEW)

    def test_the_same_bytes_change_nothing(self):
        assert judged_replacement(Image.objects.store(OLD), OLD) is None


class TestDeleting:
    def test_an_unused_picture_takes_its_files_along(self, django_capture_on_commit_callbacks):
        image = Image.objects.store(OLD)
        call_command("make_renditions")
        image.refresh_from_db()
        names = image.file_names()
        with django_capture_on_commit_callbacks(execute=True):
            Image.objects.all().delete()
        assert not any(map(default_storage.exists, names))

    def test_a_file_stored_anew_meanwhile_stays(self, django_capture_on_commit_callbacks):
        image = Image.objects.store(OLD)
        with django_capture_on_commit_callbacks(execute=True):
            image.delete()
            again = Image.objects.store(OLD)
        assert default_storage.exists(again.file.name)
