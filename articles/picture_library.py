"""What happens to a picture after it was stored: smaller copies are made, another takes its place."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta

from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles.models import Article, ArticleQuerySet, FormerFile, Image
from articles.models.image import checksum_of, remove_files_after_commit, write_file
from articles.page_changes import ARTICLES, note_change
from articles.picture_renditions import RENDITIONS_VERSION, make_renditions, rendition_name
from articles.pictures import Picture, PictureError, cleaned_picture
from articles.rendering import RenderingError

logger = logging.getLogger(__name__)

# How long a picture is left to the process that works on it, and how long one that failed rests.
CLAIM = timedelta(minutes=10)


def articles_showing(image: Image) -> ArticleQuerySet:
    """Return the articles that show the picture at their head or in their text."""
    return Article.objects.filter(Q(lead_image=image) | Q(pk__in=image.uses.values("article")))


def is_shown_beyond(image: Image, articles: ArticleQuerySet) -> bool:
    """Whether something else than these articles shows the picture too."""
    others = articles_showing(image).exclude(pk__in=articles.values("pk"))
    elsewhere = (others, image.portrayed_authors, image.covered_series, image.banners)
    return any(uses.exists() for uses in elsewhere)


def add_renditions(key: int) -> bool:
    """Make the smaller copies of one picture, and mark the texts that show it to be rendered anew.

    Returns False when another process is at it, it has them, or its file cannot be read.
    """
    image = _claimed(key)
    if image is None:
        return False
    old_names = image.file_names()
    try:
        widths = _write_renditions(image)
    except (OSError, ValueError) as error:
        logger.warning("No copies of picture %s: %s", image.file.name, error)
        return False
    with transaction.atomic():
        made = Image.objects.filter(pk=key, checksum=image.checksum)
        # Otherwise it was replaced or deleted meanwhile.
        is_there = made.update(rendition_widths=widths, renditions_version=RENDITIONS_VERSION)
        Article.objects.filter(image_uses__image=key).update(renderer_version=0)
        note_change(ARTICLES)
        remove_files_after_commit(old_names)
    return bool(is_there)


def forget_lost_renditions() -> None:
    """Note of every picture whose copies are not all on the disk that it has none."""
    for image in Image.objects.exclude(renditions_version=0).iterator():
        if not all(map(default_storage.exists, image.rendition_names())):
            with transaction.atomic():
                Image.objects.filter(pk=image.pk, checksum=image.checksum).update(
                    rendition_widths=[], renditions_version=0, renditions_claimed_until=None
                )
                note_change(ARTICLES)


def _claimed(key: int) -> Image | None:
    now = timezone.now()
    waiting = Image.objects.without_renditions().filter(
        Q(renditions_claimed_until=None) | Q(renditions_claimed_until__lt=now), pk=key
    )
    if not waiting.update(renditions_claimed_until=now + CLAIM):
        return None
    return Image.objects.filter(pk=key).first()


def _write_renditions(image: Image) -> list[int]:
    with default_storage.open(str(image.file.name)) as file:
        data = file.read()
    widths = set()
    for copy in make_renditions(data):
        name = rendition_name(str(image.file.name), copy.width, RENDITIONS_VERSION, copy.suffix)
        write_file(name, copy.data)
        widths.add(copy.width)
    return sorted(widths)


@dataclass(frozen=True, slots=True)
class Replacement:
    """A picture that may take the place of another; `checksum` is that of its original bytes."""

    checksum: str
    picture: Picture


def judged_replacement(image: Image, data: bytes) -> Replacement | None:
    """Return what these bytes would put in the picture's place, or None if they are its own.

    Raises PictureError for what is not a picture fit to show, or is another one of the library.
    """
    checksum = checksum_of(data)
    if checksum == image.checksum:
        return None
    holder = Image.objects.with_checksum(checksum)
    if holder is not None and holder != image:
        raise PictureError(f"같은 그림이 이미 있습니다: “{holder}”. 그 그림을 골라 써 주세요.")
    return Replacement(checksum, cleaned_picture(data))


def replace_picture(image: Image, new: Replacement) -> int:
    """Put another picture in the place of this one, in every article; returns in how many.

    Texts keep calling it by its old address, which leads to the new file from now on.
    """
    with transaction.atomic():
        current = Image.objects.select_for_update().get(pk=image.pk)
        old_names = current.file_names()
        FormerFile.objects.filter(checksum=new.checksum).delete()
        FormerFile.objects.create(
            image=image, name=str(current.file.name), checksum=current.checksum
        )
        image.take(new.checksum, new.picture)
        image.save()
        remove_files_after_commit(old_names)
        return _render_anew(image)


def _render_anew(image: Image) -> int:
    for key in list(image.uses.values_list("article_id", flat=True)):
        try:
            Article.objects.rerender(key)
        except RenderingError as error:
            # Its old HTML still finds the picture, by the old address.
            logger.warning("Article %s was not rendered anew: %s", key, error)
    return articles_showing(image).count()
