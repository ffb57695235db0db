import pytest
from django.db.models import ProtectedError

from articles.models import Article, Author, Banner, Image, ImageUse, Series
from tests.builders import make_article, make_author, make_banner, make_image, make_series

pytestmark = pytest.mark.django_db


def shown_by(article: Article) -> list[str]:
    uses = ImageUse.objects.filter(article=article).order_by("image__file")
    return [use.image.file.name for use in uses]


def test_saving_an_article_notes_the_pictures_of_its_text():
    one, two = make_image("하나"), make_image("둘")
    article = make_article(body=f"![]({one.url})\n\n![]({two.url})\n\n![]({one.url})")
    assert shown_by(article) == ["images/둘.webp", "images/하나.webp"]


def test_a_picture_that_leaves_the_text_is_forgotten():
    article = make_article(body=f"![]({make_image('하나').url})")
    article.body = f"![]({make_image('둘').url})"
    article.save(update_fields=["body"])
    assert shown_by(article) == ["images/둘.webp"]


def test_saving_something_else_leaves_the_notes_alone():
    article = make_article(body=f"![]({make_image('하나').url})")
    stored = Article.objects.without_text().get()
    stored.title = "새 제목"
    stored.save()
    assert shown_by(article) == ["images/하나.webp"]


def test_a_text_written_past_the_model_is_noted_when_it_is_rendered_anew():
    image = make_image("하나")
    article = make_article()
    Article.objects.update(body=f"![]({image.url})")
    Article.objects.rerender(article.pk)
    assert shown_by(article) == ["images/하나.webp"]


def test_a_picture_in_a_text_is_protected():
    image = make_image()
    make_article(body=f"![]({image.url})")
    with pytest.raises(ProtectedError):
        image.delete()


def test_deleting_an_article_sets_its_pictures_free():
    image = make_image()
    make_article(body=f"![]({image.url})").delete()
    image.delete()
    assert not Image.objects.exists()


def test_unused_is_what_nobody_shows():
    make_author(portrait=make_image("얼굴"))
    make_series(cover=make_image("표지"))
    make_article(lead_image=make_image("머리"), body=f"![]({make_image('본문').url})")
    make_banner(image=make_image("배너"))
    unused = make_image("남은 그림")
    assert list(Image.objects.unused()) == [unused]


@pytest.mark.parametrize(
    ("model", "field"), [(Author, "portrait"), (Series, "cover"), (Banner, "image")]
)
def test_portraits_covers_and_banners_are_protected(model, field):
    image = make_image()
    model.objects.create(**{field: image, "name" if model is Author else "title": "이름"})
    with pytest.raises(ProtectedError):
        image.delete()


def test_counting_costs_no_query_for_each_picture(django_assert_num_queries):
    for number in range(5):
        image = make_image(f"그림 {number}")
        make_article(f"글 {number}", lead_image=image, body=f"![]({image.url})")
    with django_assert_num_queries(1):
        counted = list(Image.objects.with_use_counts())
    assert {(image.lead_count, image.text_count, image.cover_count) for image in counted} == {
        (1, 1, 0)
    }
