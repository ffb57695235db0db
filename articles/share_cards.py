"""The picture that a shared page shows: its own, or a card with its title, drawn once and kept.

A card's address names its words, so it may be cached for ever; other words have another address,
and an old one leads there. The file lies beside the uploaded pictures. `make_renditions` draws
the cards of what is new, and the view whichever somebody asks for before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from articles import cards, site
from articles.caching import ASSET, MOVED, cacheable
from articles.cards import Card
from articles.models import (
    Article,
    ArticleQuerySet,
    Author,
    Category,
    Image,
    Series,
    SiteSettings,
    Tag,
)
from articles.models.image import write_file
from articles.navigation import public_authors, public_series, public_tags
from articles.pages.image_facts import ImageFacts

# How many of the newest articles are given their cards before anybody asks.
DRAWN_AHEAD = 20
# With these bytes every whole PNG ends; a file that was being written when its process died, none.
_END_OF_PNG = b"IEND\xaeB`\x82"


@dataclass(frozen=True, slots=True)
class SharedPicture:
    """A picture by its absolute address, with its size in pixels and words for who cannot see it."""

    url: str
    width: int
    height: int
    alt: str

    @property
    def is_wide(self) -> bool:
        """Whether it fills the wide card of a share; portraits and covers stand beside the text."""
        return self.width >= self.height * 1.2


def _articles() -> ArticleQuerySet:
    return Article.objects.published().for_list()


# By the name of their addresses: who has a card, namely what readers can go to.
_SUBJECTS: dict[str, tuple[type[Model], Callable[[], QuerySet[Any]]]] = {
    "articles": (Article, _articles),
    "authors": (Author, public_authors),
    "categories": (Category, Category.objects.all),
    "series": (Series, public_series),
    "tags": (Tag, public_tags),
}
_SITE = "site"


def shared_picture(
    image: Image | ImageFacts | None, subject: Model | None, alt: str = ""
) -> SharedPicture:
    """Return the page's own picture, or else the card of its subject; None is the site itself."""
    if image is not None:
        return picture_of(image, alt)
    kind, key = _place_of(subject)
    return picture_of_card(kind, key, card_of(subject))


def picture_of(image: Image | ImageFacts, alt: str = "") -> SharedPicture:
    return SharedPicture(site.absolute(image.url), image.width, image.height, alt or image.alt)


def picture_of_card(kind: str, key: int, card: Card) -> SharedPicture:
    """Return the card of what has that number among its kind."""
    return SharedPicture(site.absolute(_address(kind, key, card)), *cards.SIZE, card.title)


def card_of(subject: Model | None) -> Card:
    """Say what stands on the card; no query for an article that a page or a list has loaded."""
    house = site.name()
    match subject:
        case Article():
            return article_card(
                subject.title,
                section=subject.category.name if subject.category else "",
                series=subject.series.title if subject.series else "",
                episode=subject.episode,
                names=[author.name for author in subject.authors.all()],
                house=house,
            )
        case Author():
            return Card("필자", subject.name, "", house)
        case Category():
            return Card("카테고리", subject.name, "", house)
        case Series():
            return Card("연재", subject.title, "", house)
        case Tag():
            return Card("태그", f"#{subject.name}", "", house)
        case _:
            return Card("", SiteSettings.current().tagline or house, "", house)


def article_card(
    title: str,
    *,
    section: str,
    series: str,
    episode: int | None,
    names: Iterable[str],
    house: str,
) -> Card:
    """Say what stands on an article's card; "" is where it belongs to no section or series."""
    place = filter(None, (section, f"{series} {episode}화" if series else ""))
    return Card(" · ".join(place), title, ", ".join(names), house)


def _place_of(subject: Model | None) -> tuple[str, int]:
    """Return the kind and the number by which the card of a subject is found."""
    kind = next((name for name, (model, _) in _SUBJECTS.items() if type(subject) is model), _SITE)
    return kind, subject.pk if subject is not None else SiteSettings.SINGLE


def _address(kind: str, key: int, card: Card) -> str:
    return reverse("articles:share_card", args=[kind, key, card.digest])


@require_safe
def share_card(request: HttpRequest, kind: str, pk: int, digest: str) -> HttpResponseBase:
    """Serve the card of something that readers can see, or lead to what is on it now."""
    subject = _subject(kind, pk)
    card = card_of(subject)
    if card.digest != digest:
        moved = HttpResponseRedirect(_address(kind, pk, card))
        cacheable(moved, MOVED)
        return moved
    response = HttpResponse(_kept(kind, pk, card), content_type="image/png")
    response["Cache-Control"] = ASSET
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def draw_ahead() -> int:
    """Draw the cards that the newest articles lack, and return how many these were."""
    newest = _articles().filter(lead_image=None).newest_first()[:DRAWN_AHEAD]
    lacking = [article for article in newest if not default_storage.exists(_name_of(article))]
    for article in lacking:
        _kept("articles", article.pk, card_of(article))
    return len(lacking)


def _subject(kind: str, pk: int) -> Model | None:
    if kind == _SITE and pk == SiteSettings.SINGLE:
        return None
    if kind not in _SUBJECTS:
        raise Http404("Nothing of that kind has a card.")
    _, rows = _SUBJECTS[kind]
    found: Model = get_object_or_404(rows(), pk=pk)
    return found


def _name_of(article: Article) -> str:
    return f"{_folder('articles', article.pk)}/{card_of(article).digest}.png"


def _folder(kind: str, pk: int) -> str:
    return f"cards/{kind}/{pk}"


def _kept(kind: str, pk: int, card: Card) -> bytes:
    """Return the stored card, or draw it and let it take the place of what was there before."""
    folder = _folder(kind, pk)
    name = f"{folder}/{card.digest}.png"
    try:
        with default_storage.open(name) as file:
            data: bytes = file.read()
        if data.endswith(_END_OF_PNG):
            return data
    except FileNotFoundError:
        pass
    data = cards.draw(card)
    for former in _files_in(folder):
        default_storage.delete(f"{folder}/{former}")
    write_file(name, data)
    return data


def _files_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []
