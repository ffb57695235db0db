"""Rows for tests: every value a test does not name has one plain, fixed default."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image as PillowImage

from accounts.models import User
from articles.models import (
    Article,
    Author,
    Banner,
    Category,
    Image,
    Redirect,
    Series,
    Status,
    Tag,
)

KST = timezone(timedelta(hours=9), "KST")
PUBLISHED_AT = datetime(2025, 3, 3, 9, 0, tzinfo=KST)
# A moment that no clock of a test machine reaches.
FAR_FUTURE = datetime(2999, 1, 1, tzinfo=UTC)


def make_user(
    email: str = "alice@pildam.example", *, display_name: str = "앨리스", **fields: Any
) -> User:
    """Return an account whose password is "correct horse battery"."""
    return User.objects.create_user(
        email, "correct horse battery", display_name=display_name, **fields
    )


def make_image(
    name: str = "그림", *, width: int = 1600, height: int = 1000, **fields: Any
) -> Image:
    """Return an image row; no file is written, since no page reads it."""
    return Image.objects.create(
        file=f"images/{name}.webp",
        width=width,
        height=height,
        checksum=sha256(name.encode()).hexdigest(),
        **fields,
    )


def make_category(name: str = "기술", **fields: Any) -> Category:
    return Category.objects.create(name=name, **fields)


def make_author(name: str = "신피질", **fields: Any) -> Author:
    return Author.objects.create(name=name, **fields)


def make_tag(name: str = "인공지능", **fields: Any) -> Tag:
    return Tag.objects.create(name=name, **fields)


def make_series(title: str = "손이 아는 것", **fields: Any) -> Series:
    return Series.objects.create(title=title, **fields)


def make_article(
    title: str = "붓을 건네는 시간",
    *,
    body: str = "종이를 사이에 두고 마주 앉는다.",
    status: Status = Status.PUBLISHED,
    published_at: datetime | None = PUBLISHED_AT,
    authors: Sequence[Author] = (),
    tags: Sequence[str] = (),
    **fields: Any,
) -> Article:
    """Return an article that readers see, unless the status or a time says otherwise."""
    # Unless a test says so, the text has not been revised since it was published.
    fields.setdefault("updated_at", published_at or PUBLISHED_AT)
    article = Article.objects.create(
        title=title, body=body, status=status, published_at=published_at, **fields
    )
    article.set_authors(authors)
    article.tags.add(*tags)
    return article


def make_draft(title: str = "아직 쓰는 글", **fields: Any) -> Article:
    return make_article(title, status=Status.DRAFT, published_at=None, **fields)


def publish(article: Article) -> None:
    """Show an article to readers since long ago, past the desk and its gate."""
    article.status, article.published_at = Status.PUBLISHED, PUBLISHED_AT
    article.save(update_fields=["status", "published_at"])


def make_articles(count: int, *, title: str = "글", **fields: Any) -> list[Article]:
    """Return `count` published articles, one minute apart, the newest first.

    The titles are numbered by age: "글 1" is the newest.
    """
    return [
        make_article(
            f"{title} {number}", published_at=PUBLISHED_AT - timedelta(minutes=number), **fields
        )
        for number in range(1, count + 1)
    ]


def make_banner(title: str = "독자 모임", **fields: Any) -> Banner:
    """Return a banner that runs since long ago and for ever."""
    return Banner.objects.create(title=title, **({"starts_at": PUBLISHED_AT} | fields))


def make_redirect(old_path: str, *, article: Article | None = None, target: str = "") -> Redirect:
    return Redirect.objects.create(old_path=old_path, article=article, target=target)


def picture_bytes(
    format_name: str = "PNG", *, size: tuple[int, int] = (16, 10), **options: Any
) -> bytes:
    """Return a real picture file, one colour all over."""
    target = BytesIO()
    PillowImage.new("RGB", size, (178, 58, 46)).save(target, format_name, **options)
    return target.getvalue()


def animation_bytes(format_name: str, *, frames: int = 3, size: tuple[int, int] = (8, 8)) -> bytes:
    """Return a moving picture; every frame is another shade, or an encoder would join them."""
    shades = [PillowImage.new("RGB", size, (shade % 256, 58, 46)) for shade in range(frames)]
    target = BytesIO()
    shades[0].save(target, format_name, save_all=True, append_images=shades[1:], duration=50)
    return target.getvalue()
