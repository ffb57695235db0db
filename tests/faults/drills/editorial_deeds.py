"""What editors, readers, jobs and passing time do to a magazine, in an order that dice decide."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.deletion import ProtectedError
from django.test import Client
from django.utils import timezone

from accounts.models import User
from articles.episode_order import numbers_of, order_mark
from articles.models import (
    Article,
    Author,
    Banner,
    Category,
    FrontPage,
    HourlyReads,
    Image,
    Redirect,
    Series,
    SiteSettings,
    Status,
    SynonymGroup,
    Tag,
)
from articles.picture_library import forget_lost_renditions
from articles.ranking import start_of_hour
from comments.models import Comment, CommentSettings, DiscussionSettings
from comments.models import Status as CommentStatus
from comments.privacy.erasure import Parting, erase_account, erase_guest
from comments.reactions import CommentGoneError
from comments.takedowns.decisions import Decision, decide
from comments.transitions import Actor, TooManyRecommendedError, change_status, recommend
from tests.articles.desk import (
    change_url,
    make_editor,
    make_ready_draft,
    publish_form,
    room_url,
    signed_in,
)
from tests.builders import (
    make_article,
    make_author,
    make_category,
    make_series,
    make_user,
    picture_bytes,
)
from tests.comments.admin.desk import press
from tests.comments.builders import (
    PASSWORD,
    make_comment,
    make_takedown,
    post_comment,
)
from tests.faults.drills.page_readers import CLOCK

MINUTE, HOUR, DAY = 60, 3_600, 86_400
# Whoever changes rows past the site is seen within this time, and votes and reads within that.
BY_HAND = 601
UNNOTED = 95
_REFUSED = (CommentGoneError, TooManyRecommendedError, IntegrityError, ProtectedError)
_WORDS = [
    "붓",
    "종이",
    "시간",
    "강",
    "기계",
    "전력망",
    "사람",
    "도시",
    "빛",
    "바람",
    "손",
    "문장",
    "기억",
    "겨울",
    "다리",
    "노동",
    "물",
    "돌",
]


class _Fields(HTMLParser):
    """What a browser would send of a page's forms as they are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        name, value = attributes.get("name") or "", attributes.get("value")
        kind = attributes.get("type") or "text"
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in attributes:
            self.values[self._select] = value or ""
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = ""
        elif tag == "input" and name and kind not in {"submit", "file", "button"}:
            if kind in {"checkbox", "radio"}:
                if "checked" in attributes:
                    self.values[name] = value or "on"
            else:
                self.values[name] = value or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea] += data.removeprefix("\n")


class Magazine:
    """A small magazine, its people, and dice that fall the same way for the same seed."""

    def __init__(self, seed: int, folder: Path, deeds: Sequence[str] = ()) -> None:
        self.dice = random.Random(seed)  # noqa: S311 - no secret
        self.folder = folder
        self.number = 0
        # Addresses that there are or have been.
        self.slugs: dict[str, set[str]] = {
            kind: set() for kind in ("articles", "categories", "tags", "authors", "series")
        }
        self.others: set[str] = set()
        self.editor = make_editor()
        self.desk = signed_in(self.editor)
        self.accounts = [
            make_user(f"reader{n}@elsewhere.example", display_name=f"독자 {n}") for n in range(3)
        ]
        self._found()
        self.deeds = [
            (weight, name.removeprefix("do_"))
            for name, weight in (
                (name, getattr(getattr(type(self), name), "weight", 1))
                for name in dir(type(self))
                if name.startswith("do_") and (not deeds or name.removeprefix("do_") in deeds)
            )
        ]

    def _found(self) -> None:
        categories = [make_category(name, position=n) for n, name in enumerate(("기술", "문화"))]
        authors = [make_author(name) for name in ("신피질", "먹구름", "연필")]
        series = make_series("손이 아는 것"), make_series("밤의 도시")
        images = [self._image() for _ in range(4)]
        for n in range(26):
            article = make_article(
                f"{self.words(3)} {n}",
                body=self.body(),
                published_at=timezone.now() - timedelta(hours=7 * n + 1),
                category=self.dice.choice([*categories, None]),
                authors=self.dice.sample(authors, self.dice.randint(0, 2)),
                tags=self.dice.sample(_WORDS, 3),
                lead_image=self.dice.choice([*images, None, None]),
                **({"series": series[n % 2], "episode": n + 1} if n % 3 == 0 else {}),
            )
            for _ in range(self.dice.choice([0, 0, 1, 3, 25])):
                self.comment_on(article)
        call_command("rebuild_search", stdout=StringIO(), stderr=StringIO())

    # What there is to choose from.

    def words(self, count: int) -> str:
        return " ".join(self.dice.choices(_WORDS, k=count))

    def fresh(self, prefix: str = "") -> str:
        self.number += 1
        return f"{prefix or self.words(2)} {self.number}"

    def body(self) -> str:
        parts = [f"## {self.words(2)}\n\n{self.words(30)}." for _ in range(self.dice.randint(1, 4))]
        if self.dice.random() < 0.4 and (image := Image.objects.order_by("?").first()):
            parts.append(f"![{self.words(1)}]({image.url})")
        if self.dice.random() < 0.4 and (other := self.article()):
            parts.append(f"[{self.words(1)}]({other.get_absolute_url()})")
        return "\n\n".join(parts)

    def any(self, rows: Any) -> Any:
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.get(pk=self.dice.choice(keys)) if keys else None

    def article(self) -> Article | None:
        return self.any(Article.objects.published())

    def comment(self, **which: Any) -> Comment | None:
        return self.any(Comment.objects.filter(**which))

    def visible(self) -> Comment | None:
        shown = Article.objects.published().values("pk")
        return self.any(Comment.objects.visible().filter(article__in=shown))

    def comment_on(self, article: Article) -> Comment:
        parents = list(article.comments.filter(status=CommentStatus.VISIBLE)[:4])
        account = self.dice.choice([None, None, *self.accounts])
        return make_comment(
            article,
            self.words(8),
            parent=self.dice.choice([None, *parents]),
            account=account if account and account.pk else None,
            created_at=timezone.now() - timedelta(minutes=self.dice.randint(1, 5_000)),
            **({} if account else {"name": self.dice.choice(_WORDS)}),
        )

    def _image(self) -> Image:
        self.number += 1
        size = (700 + self.number, 420)
        return Image.objects.store(picture_bytes("PNG", size=size), alt=self.words(2))

    def page(self, url: str, **changes: Any) -> Any:
        """Send the form of a page at the desk with some changes, as a browser does."""
        shown = self.desk.get(url)
        fields = _Fields()
        fields.feed(shown.text)
        answer = self.desk.post(url, fields.values | changes)
        if answer.status_code not in {302, 303}:
            errors = re.findall(r"errorlist[^>]*>(.*?)</ul>", answer.text, re.DOTALL)
            raise Refused(f"{url}: {answer.status_code} {[' '.join(e.split()) for e in errors]}")
        return answer

    def row_url(self, row: Any) -> str:
        return f"/admin/{row._meta.app_label}/{row._meta.model_name}/{row.pk}/change/"

    # One step.

    def step(self) -> tuple[str, float]:
        """Do something; return its name, and how long readers may wait to see it, in seconds."""
        self.remember_addresses()
        weights, names = zip(*self.deeds, strict=True)
        name = self.dice.choices(names, weights)[0]
        caches["default"].clear()
        try:
            wait = getattr(self, f"do_{name}")()
        except (Refused, *_REFUSED) as error:
            return f"{name}, refused: {str(error)[:300]}", 0
        self.remember_addresses()
        return name, wait or 0

    def remember_addresses(self) -> None:
        models = {"articles": Article, "categories": Category, "tags": Tag, "authors": Author}
        for kind, model in (models | {"series": Series}).items():
            self.slugs[kind].update(model.objects.values_list("slug", flat=True))

    def addresses(self, share: float) -> list[str]:
        """Return the addresses of every kind of page, of the many a share."""
        fixed = [
            *("/", "/articles/", "/articles/feed/", "/feed/", "/feed/atom/", "/feed.json"),
            *("/archive/", "/sitemap.xml", "/sitemap-news.xml", "/robots.txt", "/llms.txt"),
            *("/site.webmanifest", "/reading-list/", "/privacy/", "/newsletter/", "/nowhere/"),
            *(f"/sitemap-{kind}.xml" for kind in ("pages", *self.slugs)),
        ]
        many = [f"/{kind}/{slug}/" for kind, slugs in self.slugs.items() for slug in slugs]
        many += [f"{path}feed/" for path in many if not path.startswith("/articles/")]
        for slug in self.slugs["articles"]:
            discussion = f"/articles/{slug}/comments/"
            many += [discussion, f"{discussion}feed/", f"{discussion}new/?after=1"]
            many += [
                f"{discussion}?sort={sort}" for sort in ("oldest", "likes", "ratio", "replies")
            ]
        for comment in Comment.objects.values_list("pk", "root", "article__slug"):
            many.append(f"/comments/{comment[0]}/")
            if comment[1] is None:
                many.append(f"/articles/{comment[2]}/comments/?thread={comment[0]}")
        months = Article.objects.dates("published_at", "month")
        many += [f"/archive/{day.year}/{day.month}/" for day in months]
        many += [f"/archive/{day.year}/" for day in Article.objects.dates("published_at", "year")]
        for word in _WORDS:
            many += [f"/search/suggest/?q={word}"]
            # Each fresh process would load the analyser for these.
            many += [f"/search/?q={word}", f"/search/?q={word}x"] if share == 1 else []
        many += self.others
        return [*fixed, *self.dice.sample(sorted(many), round(len(many) * share))]

    # Articles, at the desk.

    def do_edit(self) -> None:
        article = self.article()
        changes = self.dice.choice(
            [
                {"title": self.fresh()},
                {"dek": self.fresh(), "summary_1": self.words(4)},
                {"body": self.body()},
                {"tags": ", ".join(self.dice.sample(_WORDS, 2))},
                {"category": getattr(self.any(Category.objects.all()), "pk", "")},
                {"lead_image": getattr(self.any(Image.objects.all()), "pk", "")},
                {"slug": self.fresh("주소").replace(" ", "-")},
                {"comment_policy": self.dice.choice(["open", "read_only", "hidden"])},
                {"language": self.dice.choice(["ko", "en"])},
                {"canonical_url": self.dice.choice(["", "https://elsewhere.example/1"])},
            ]
        )
        if article.category is None:
            changes = {"category": self.any(Category.objects.all()).pk} | changes
        self.page(change_url(article), **changes)
        self.publish(article)

    do_edit.weight = 8

    def publish(self, article: Article, when: str = "now", **changes: Any) -> None:
        answer = self.desk.post(
            room_url(article, "publish"),
            publish_form(article, when, reason="그대로 두는 까닭이 있습니다.", **changes),
        )
        if answer.status_code not in {302, 303}:
            raise Refused(f"publish: {answer.status_code}")

    def do_publish_new(self) -> None:
        draft = make_ready_draft(self.fresh(), body=self.body())
        draft.tags.add(*self.dice.sample(_WORDS, 2))
        self.publish(draft)

    do_publish_new.weight = 3

    def do_schedule(self) -> None:
        """Let one appear in minutes, and end some minutes later."""
        article = make_article(
            self.fresh(),
            published_at=timezone.now() + timedelta(minutes=self.dice.randint(1, 30)),
            category=self.any(Category.objects.all()),
        )
        article.expires_at = article.published_at + timedelta(minutes=self.dice.randint(1, 30))
        article.save()

    do_schedule.weight = 3

    def do_let_expire(self) -> None:
        article = self.article()
        article.expires_at = timezone.now() + timedelta(seconds=self.dice.randint(1, 1_000))
        article.save(update_fields=["expires_at"])

    def do_withdraw(self) -> None:
        form = {"reason": "사실과 달랐습니다.", "notice": self.words(4)}
        kind = self.dice.choice(["gone", "missing"])
        article = self.article()
        self.desk.post(room_url(article, "withdraw"), form | {"withdrawn_as": kind})

    def do_publish_again(self) -> None:
        article = self.any(Article.objects.filter(status=Status.WITHDRAWN))
        if article:
            self.publish(article)

    do_publish_again.weight = 2

    def do_delete_article(self) -> None:
        if Article.objects.count() > 15:
            self.article().delete()

    # Articles, past the desk.

    def do_save(self) -> None:
        article = self.article()
        match self.dice.randrange(5):
            case 0:
                article.title = self.fresh()
            case 1:
                article.slug = self.fresh("옮긴-글").replace(" ", "-")
            case 2:
                article.translation_of = self.article() if article.language != "ko" else None
                article.language = "en" if article.language == "ko" else "ko"
            case 3:
                article.lead_image = self.any(Image.objects.all())
                article.lead_image_alt = self.words(2)
            case _:
                article.published_at -= timedelta(days=self.dice.randint(0, 60))
        article.save()

    do_save.weight = 3

    def do_update(self) -> None:
        Article.objects.filter(pk=self.article().pk).update(title=self.fresh(), dek=self.words(3))

    def do_bulk_update(self) -> None:
        articles = list(Article.objects.published().order_by("?")[:3])
        for article in articles:
            article.summary_1, article.comment_policy = self.words(3), "open"
        Article.objects.bulk_update(articles, ["summary_1", "comment_policy"])

    def do_bulk_create(self) -> None:
        title = self.fresh()
        Article.objects.bulk_create(
            [
                Article(
                    title=title,
                    slug=title.replace(" ", "-"),
                    status=Status.PUBLISHED,
                    published_at=timezone.now(),
                )
            ]
        )

    def do_byline(self) -> None:
        self.article().set_authors(list(Author.objects.order_by("?")[:2]))

    do_byline.weight = 2

    def do_tag_alone(self) -> None:
        article = self.article()
        match self.dice.randrange(3):
            case 0:
                article.tags.add(self.fresh("새 태그"))
            case 1:
                article.tags.set(self.dice.sample(_WORDS, 2))
            case _:
                article.tags.remove(*list(article.tags.names())[:1])

    do_tag_alone.weight = 2

    def do_update_names(self) -> None:
        model, name = self.dice.choice(
            [(Author, "name"), (Series, "title"), (Category, "name"), (Tag, "name")]
        )
        if row := self.any(model.objects.all()):
            model.objects.filter(pk=row.pk).update(**{name: self.fresh()})

    do_update_names.weight = 2

    def do_by_hand(self) -> float:
        table = self.dice.choice(["articles_article", "articles_series"])
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET title = %s WHERE id = 1", [self.fresh()])  # noqa: S608
        return BY_HAND

    def do_roll_back(self) -> None:
        with transaction.atomic():
            self.do_save()
            SiteSettings(name=self.fresh("이름")).save()
            self.any(Tag.objects.all()).delete()
            SiteSettings.current()
            transaction.set_rollback(True)

    do_roll_back.weight = 2

    # Names.

    def do_category(self) -> None:
        category = self.any(Category.objects.all())
        if category is None or self.dice.random() < 0.2:
            make_category(self.fresh("분야"))
        elif self.dice.random() < 0.1:
            category.delete()
        else:
            changes = self.dice.choice(
                [
                    {"name": self.fresh("분야")},
                    {"description": self.words(5)},
                    {"position": self.dice.randint(0, 9)},
                    {"slug": self.fresh("분야").replace(" ", "-")},
                ]
            )
            self.page(self.row_url(category), **changes)

    do_category.weight = 3

    def do_author(self) -> None:
        author = self.any(Author.objects.all())
        if author is None or self.dice.random() < 0.1:
            make_author(self.fresh("필자"))
        elif self.dice.random() < 0.1:
            author.delete()
        else:
            changes = self.dice.choice(
                [
                    {"name": self.fresh("필자")},
                    {"bio": self.words(5)},
                    {"portrait": getattr(self.any(Image.objects.all()), "pk", "")},
                    {"slug": self.fresh("필자").replace(" ", "-")},
                    {"user": self.dice.choice([a.pk or "" for a in self.accounts])},
                ]
            )
            self.page(self.row_url(author), **changes)

    do_author.weight = 3

    def do_series(self) -> None:
        series = self.any(Series.objects.all())
        if series is None:
            make_series(self.fresh("연재"))
        elif self.dice.random() < 0.1:
            series.delete()
        else:
            changes = self.dice.choice(
                [
                    {"title": self.fresh("연재")},
                    {"description": self.words(5)},
                    {"cover": getattr(self.any(Image.objects.all()), "pk", "")},
                    {"slug": self.fresh("연재").replace(" ", "-")},
                    {"is_finished": "on"},
                ]
            )
            self.page(self.row_url(series), **changes)

    do_series.weight = 3

    def do_episodes(self) -> None:
        series = self.any(Series.objects.filter(articles__isnull=False).distinct())
        if series is None:
            return
        keys = list(numbers_of(series))
        wanted = self.dice.sample(range(1, len(keys) + 5), len(keys))
        form = {f"number-{key}": n for key, n in zip(keys, wanted, strict=True)}
        mark = order_mark(numbers_of(series))
        self.desk.post(f"/admin/articles/series/{series.pk}/episodes/", form | {"mark": mark})

    def do_tag(self) -> None:
        tag = self.any(Tag.objects.all())
        if self.dice.random() < 0.2:
            tag.delete()
            return
        kind = self.dice.choice(["name", "slug"])
        self.page(self.row_url(tag), **{kind: self.fresh("태그").replace(" ", "-")})

    do_tag.weight = 2

    def do_merge_tags(self) -> None:
        kept, gone = Tag.objects.order_by("?")[:2]
        form = {"tag": [kept.pk, gone.pk], "keep": kept.pk}
        self.desk.post("/admin/articles/tag/merge/", form)

    do_merge_tags.weight = 2

    def do_redirect(self) -> None:
        old = f"/{self.fresh('old').replace(' ', '-')}/"
        self.others.add(old)
        Redirect.objects.create(old_path=old, article=self.article())

    def do_synonyms(self) -> None:
        SynonymGroup.objects.create(words=f"{self.dice.choice(_WORDS)}, {self.fresh('말')}")

    # Pictures.

    def do_picture(self) -> None:
        image = self.any(Image.objects.all())
        changes = self.dice.choice(
            [
                {"alt": self.words(3)},
                {"caption": self.words(3), "credit": self.words(1)},
                {"focus_x": self.dice.randint(0, 100), "focus_y": 20},
            ]
        )
        self.page(self.row_url(image), **changes)

    do_picture.weight = 3

    def do_replace_picture(self) -> None:
        image = self.any(Image.objects.all())
        self.number += 1
        data = picture_bytes("PNG", size=(900 + self.number, 500))
        self.page(self.row_url(image), new_file=SimpleUploadedFile("새.png", data))

    do_replace_picture.weight = 2

    def do_renditions(self) -> None:
        call_command("make_renditions", stdout=StringIO(), stderr=StringIO())

    do_renditions.weight = 2

    def do_lose_renditions(self) -> None:
        image = Image.objects.exclude(renditions_version=0).order_by("?").first()
        if image and (names := image.rendition_names()):
            image.file.storage.delete(names[0])
        forget_lost_renditions()

    def do_new_picture(self) -> None:
        self._image()

    # The house.

    def do_house(self) -> float:
        self.page(
            "/admin/articles/sitesettings/1/change/",
            **self.dice.choice(
                [
                    {"name": self.fresh("이름")},
                    {"tagline": self.words(3)},
                    {"description": self.words(5)},
                    {
                        "analytics_script": f"https://count.example/{self.number}.js",
                        "analytics_site": "pildam.example",
                    },
                ]
            ),
        )
        return 0

    do_house.weight = 3

    def do_front_page(self) -> None:
        data: dict[str, Any] = {"seen": FrontPage.current().edition}
        categories = list(Category.objects.all())
        soon = timezone.localtime() + timedelta(minutes=self.dice.randint(1, 40))
        until = f"{soon:%Y-%m-%dT%H:%M}"
        rows: dict[str, list[dict[str, Any]]] = {
            "pins": [
                {
                    "article": f"{a.title} #{a.pk}",
                    "position": n,
                    "until": self.dice.choice(["", until]),
                }
                for n, a in enumerate(Article.objects.published().order_by("?")[:3])
            ],
            "blocks": [
                {"key": f"section-{c.pk}", "position": n, "size": self.dice.randint(1, 6)}
                | self.dice.choice([{}, {"is_shown": "on"}])
                for n, c in enumerate(self.dice.sample(categories, len(categories)))
            ],
            "banners": [
                {
                    "title": self.fresh("알림"),
                    "slot": slot,
                    "ends_at": self.dice.choice(["", until]),
                    "target": "/archive/",
                }
                for slot in self.dice.sample(list(Banner.Slot.values), 2)
            ],
        }
        for prefix, each in rows.items():
            data |= {f"{prefix}-TOTAL_FORMS": len(each), f"{prefix}-INITIAL_FORMS": 0}
            for n, row in enumerate(each):
                data |= {f"{prefix}-{n}-{name}": value for name, value in row.items()}
        answer = self.desk.post("/admin/articles/frontpage/", data)
        if answer.status_code not in {302, 303}:
            raise Refused(f"front page: {answer.status_code}")

    do_front_page.weight = 4

    def do_reads(self) -> float:
        hour = start_of_hour(timezone.localtime())
        read = Article.objects.published().order_by("?").values_list("pk", flat=True)[:8]
        HourlyReads.objects.add({(pk, hour): self.dice.randint(1, 50) for pk in read})
        return UNNOTED

    do_reads.weight = 2

    # Readers.

    @contextmanager
    def signed_in(self) -> Iterator[Client]:
        account = self.dice.choice(self.accounts)
        yield signed_in(account) if account.pk else Client()

    def do_post(self) -> None:
        article = self.article()
        visible = list(article.comments.filter(status=CommentStatus.VISIBLE)[:5])
        parent = self.dice.choice([None, *visible])
        fields = {"parent": parent.pk if parent else None, "name": self.words(1)}
        guest = {"name": None, "password": None}
        if self.dice.random() < 0.4:
            with self.signed_in() as client:
                post_comment(client, article, self.fresh(), **(fields | guest))
        else:
            post_comment(Client(), article, self.fresh(), **fields)

    do_post.weight = 10

    def do_edit_comment(self) -> None:
        comment = self.comment(status=CommentStatus.VISIBLE, is_guest=True)
        if comment:
            form = {"body": self.fresh(), "password": PASSWORD}
            Client().post(f"/comments/{comment.pk}/edit/", form)

    do_edit_comment.weight = 4

    def do_delete_comment(self) -> None:
        comment = self.comment(status=CommentStatus.VISIBLE, is_guest=True)
        if comment:
            Client().post(f"/comments/{comment.pk}/delete/", {"password": PASSWORD})

    do_delete_comment.weight = 3

    def do_vote(self) -> float:
        if comment := self.visible():
            value = self.dice.choice(["like", "dislike"])
            Client().post(f"/comments/{comment.pk}/vote/", {"value": value})
        return UNNOTED

    do_vote.weight = 5

    def do_report(self) -> None:
        if comment := self.visible():
            for _ in range(self.dice.randint(1, 6)):
                Client().post(f"/comments/{comment.pk}/report/", {"reason": "abuse"})

    do_report.weight = 3

    # Moderators.

    def do_decide(self) -> None:
        comment = self.comment()
        deed = self.dice.choice(["approve", "hide", "spam", "trash", "recommend", "clear"])
        press(self.desk, deed, comment, queue="recent", reason="살펴봄")

    do_decide.weight = 6

    def do_restore(self) -> None:
        comment = self.comment(status__in=["hidden", "spam", "trashed", "held"])
        if comment:
            rows = Comment.objects.filter(pk=comment.pk)
            change_status(rows, CommentStatus.VISIBLE, actor=Actor("밥", ref=self.editor.pk))

    do_restore.weight = 3

    def do_unrecommend(self) -> None:
        if comment := self.comment(recommended_at__isnull=False):
            recommend(comment, actor=Actor("밥", ref=self.editor.pk), chosen=False)

    def do_blind(self) -> None:
        if comment := self.visible():
            takedown = make_takedown(comment)
            decide(takedown, Decision.BLIND, user=self.editor, seen=takedown.state, days=1)

    def do_policy(self) -> None:
        changes = self.dice.choice(
            [
                {"default_sort": self.dice.choice(["newest", "oldest", "likes", "ratio"])},
                {"close_after_days": self.dice.choice(["", 0, 1, 3])},
                {"writing_enabled": ""},
                {"writing_enabled": "on"},
                {"mode": self.dice.choice(["post", "pre"])},
            ]
        )
        CommentSettings.current().save()
        self.page("/admin/comments/commentsettings/1/change/", **changes)

    do_policy.weight = 3

    def do_discussion_settings(self) -> None:
        settings, _ = DiscussionSettings.objects.get_or_create(article=self.article())
        settings.default_sort = self.dice.choice(["", "oldest", "likes"])
        settings.close_after_days = self.dice.choice([None, 0, 2])
        settings.save()

    def do_account(self) -> None:
        account = self.dice.choice([a for a in self.accounts if a.pk] or [self.editor])
        match self.dice.randrange(3):
            case 0:
                account.is_staff = not account.is_staff
                account.save(update_fields=["is_staff"])
            case 1:
                account.display_name = self.fresh("독자")
                account.save()
            case _:
                User.objects.filter(pk=account.pk).update(is_staff=False)

    do_account.weight = 2

    def do_erase_account(self) -> None:
        left = [a for a in self.accounts if a.pk and not User.objects.get(pk=a.pk).is_staff]
        if left and self.dice.random() < 0.3:
            erase_account(self.dice.choice(left), self.dice.choice(list(Parting)))

    def do_erase_guest(self) -> None:
        if comment := self.comment(is_guest=True):
            erase_guest("nobody@elsewhere.example", Comment.objects.filter(pk=comment.pk))

    # Jobs.

    def do_import(self) -> None:
        folder = self.folder / "imports"
        folder.mkdir(exist_ok=True)
        number = self.dice.randint(1, 3)
        (folder / f"2026-01-0{number}-post-{number}.md").write_text(
            f'---\nlayout: post\ntitle: "{self.fresh()}"\nauthor: 연필\ntags: [{self.words(1)}]\n'
            f"published: true\n---\n\n{self.body()}\n",
            encoding="utf-8",
        )
        call_command("import_articles", str(folder), stdout=StringIO(), stderr=StringIO())

    do_import.weight = 2

    def do_job(self) -> None:
        command = self.dice.choice(
            [
                ("rerender_articles",),
                ("recount_comments",),
                ("purge_comment_data",),
                ("rebuild_search", "--stale"),
                ("check_links",),
                ("renew_statistics",),
            ]
        )
        call_command(*command, stdout=StringIO(), stderr=StringIO())

    do_job.weight = 4

    # The clock.

    def do_wait(self) -> None:
        CLOCK.now += self.dice.choice([1, 30, MINUTE, 10 * MINUTE, HOUR, 8 * HOUR, DAY])

    do_wait.weight = 10


class Refused(Exception):  # noqa: N818 - it is no fault
    """The desk did not take a form."""


def now() -> datetime:
    return datetime.fromtimestamp(CLOCK.now, UTC)


Deed = Callable[[Magazine], float | None]
