"""A day at the desk for the guide's pictures: people, articles in every state, things to do.

Runs inside Django: `manage.py shell -c "import demo_desk; demo_desk.fill()"`, on the samples.
"""

from __future__ import annotations

import os
from datetime import datetime, time, timedelta

from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from articles import editing, publishing, review
from articles.editing import Actor
from articles.models import Article, Author, Category, Deed, MissingPage
from articles.ranking import start_of_hour
from articles.reads import add_to_database
from comments.models import Comment, Status

EDITOR, WRITER = "editor@pildam.example", "writer@pildam.example"
SECOND_EDITOR, ADMINISTRATOR = "second@pildam.example", "admin@pildam.example"
PEOPLE = {
    EDITOR: ("정무열", Role.EDITOR),
    SECOND_EDITOR: ("윤서진", Role.EDITOR),
    WRITER: ("한도경", Role.WRITER),
    ADMINISTRATOR: ("오세린", Role.ADMINISTRATOR),
}
SUMMARY = (
    "저울은 무게가 아니라 믿음을 재는 물건이었습니다.",
    "눈금을 읽는 사람이 바뀌면 값도 바뀌었습니다.",
    "다시 재어 볼 수 있다는 약속이 시장을 열었습니다.",
)
SCALES = """장이 서는 날이면 저울이 먼저 나왔다. 물건보다 저울을 믿어야 값을 부를 수 있었다.

## 눈금을 읽는 사람

저울대를 기울이는 손은 늘 파는 쪽의 손이었다. 그래서 사는 쪽은 **저울추**를 따로 들고 다녔다.[^1]

> [!INSIGHT] 편집자의 말
> 믿음은 다시 재어 볼 수 있을 때 생긴다.

| 물건 | 단위 | 누가 쟀나 |
| --- | --- | --- |
| 쌀 | 되 | 되쟁이 |
| 약재 | 돈 | 약방 |

## 다시 재는 날

관아의 저울은 한 해에 두 번 장터로 나왔다.

[^1]: 장터마다 추의 무게가 조금씩 달랐다.
"""
DRAFTS = {
    "밤의 계산대": "새벽 두 시의 편의점에는 계산하지 않는 손님이 셋 있다.\n\n## 불을 켜 두는 값\n\n불빛은 팔리지 않는다.\n",
    "다리 밑의 도서관": "비가 오면 책을 먼저 옮겼다.\n\n## 물이 차는 높이\n\n가장 낮은 칸은 비워 둔다.\n",
    "바람의 값": "바람은 공짜지만 바람을 기다리는 일은 그렇지 않다.\n\n## 멈춘 날개\n\n멈춘 날에도 장부는 돈다.\n",
    "종이를 만지는 사람들": "종이의 결은 손끝이 먼저 안다.\n\n## 젖은 종이\n\n마르는 동안은 아무도 말하지 않는다.\n",
}
MISSING = (
    ("/articles/붓을-건내는-시간/", 14, "blog.example"),
    ("/2019/essays/", 3, ""),
)


def fill() -> None:
    """Set everything out; the password of all accounts is in GUIDE_PASSWORD."""
    people = {email: _person(email, *PEOPLE[email]) for email in PEOPLE}
    editor, writer = Actor.of(people[EDITOR]), people[WRITER]
    _returned_draft(writer, editor)
    submitted = _draft("밤의 계산대", writer)
    review.take(submitted, Deed.SUBMIT, Actor.of(writer), "사진은 금요일까지 보내겠습니다.")
    approved = _draft("다리 밑의 도서관", writer)
    review.take(approved, Deed.SUBMIT, Actor.of(writer))
    review.take(approved, Deed.APPROVE, editor)
    _scheduled("바람의 값", 3, writer, editor)
    _scheduled("종이를 만지는 사람들", 9, writer, editor)
    _revised(editor)
    _broken(editor)
    # The same thing by two names.
    Article.objects.get(title="바람의 값").tags.add("지방")
    MissingPage.objects.bulk_create(
        MissingPage(path=path, hits=hits, referrer=origin) for path, hits, origin in MISSING
    )
    _read_and_discussed()


def _person(email: str, name: str, role: Role) -> User:
    password = os.environ["GUIDE_PASSWORD"]
    # The first of them is there already, made by prepare_demo.
    person = User.objects.filter(email=email).first() or User.objects.create_user(email)
    person.display_name, person.is_staff, person.is_superuser = name, True, False
    person.set_password(password)
    person.save()
    person.groups.set([Group.objects.get(name=role.value)])
    Author.objects.filter(name=name).update(user=person)
    return person


def _draft(title: str, writer: User, body: str = "") -> Article:
    lines = {f"summary_{number}": line for number, line in enumerate(SUMMARY, start=1)}
    article = Article.objects.create(
        title=title,
        body=body or DRAFTS[title],
        owner=writer,
        category=Category.objects.get(name="사회"),
        **lines,
    )
    article.set_authors([writer.author])
    editing.keep_before_change(article)
    return article


def _returned_draft(writer: User, editor: Actor) -> None:
    """A draft with some history that came back with a word from the editor."""
    article = _draft("저울이 먼저 나왔다", writer, SCALES.replace("늘 파는 쪽", "파는 쪽"))
    _change(article, Actor.of(writer), dek="장터의 믿음을 재던 물건")
    _change(article, Actor.of(writer), body=SCALES)
    article.refresh_from_db()
    review.take(article, Deed.SUBMIT, Actor.of(writer))
    review.take(
        article, Deed.RETURN, editor, "둘째 절의 근거가 되는 기록을 각주로 밝혀 주시겠어요?"
    )


def _change(article: Article, actor: Actor, **parts: str) -> None:
    stored = Article.objects.get(pk=article.pk)
    editing.save(stored, editing.head_of(stored).content | parts, actor)


def _scheduled(title: str, days: int, writer: User, editor: Actor) -> None:
    day = timezone.localdate() + timedelta(days=days)
    at = timezone.make_aware(datetime.combine(day, time(9)))
    publishing.publish(_draft(title, writer).pk, publishing.Order(at=at), editor)


def _revised(editor: Actor) -> None:
    """A published article whose new words readers do not see yet."""
    article = Article.objects.get(title="붓을 건네는 시간")
    dek = "말이 통하지 않던 두 사람이 종이 한 장을 사이에 두고 배운 것"
    _change(article, editor, dek=dek)


def _broken(editor: Actor) -> None:
    article = Article.objects.get(title__startswith="다 쓴 배터리의 값")
    body = f"{article.body}\n\n[지난 호의 글](/articles/사라진-글/)에 이어지는 이야기다.\n"
    _change(article, editor, body=body)
    order = publishing.Order(at=article.published_at, reason="지난 호의 글은 곧 올립니다.")
    publishing.publish(article.pk, order, editor)
    call_command("check_links", verbosity=0)


def _read_and_discussed() -> None:
    hour = start_of_hour(timezone.localtime())
    articles = list(Article.objects.published().newest_first()[:5])
    counts = zip(articles, (412, 287, 190, 96, 41), strict=True)
    add_to_database({(article.pk, hour): count for article, count in counts})
    comment = Comment(
        article=articles[0],
        is_guest=True,
        name="지나가던 이",
        body="여기에서 더 읽어 보세요: https://example.com",
        status=Status.HELD,
    )
    comment.set_password(os.environ["GUIDE_PASSWORD"])
    comment.save()
