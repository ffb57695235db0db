"""What the tests of the desk share: who sits at it, and the form they send."""

from collections.abc import Sequence
from typing import Any

from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.editing import head_of
from articles.models import Article, Author, Category, Status
from articles.publishing import fingerprint
from tests.builders import KST, make_article, make_user

LIST = "/admin/articles/article/"
ADD = "/admin/articles/article/add/"
PREVIEW = "/admin/articles/article/preview/"


def make_editor(email: str = "editor@pildam.example") -> User:
    """Return somebody who may do everything at the desk."""
    return make_user(email, display_name="편집자", is_staff=True, is_superuser=True)


def make_staff(*permissions: str, email: str = "bob@pildam.example") -> User:
    """Return a colleague with just these permissions, named like "view_article"."""
    user = make_user(email, display_name="밥", is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_ready_draft(title: str = "다 쓴 글", **fields: Any) -> Article:
    """Return a draft with which the publish gate is content."""
    lines = {f"summary_{number}": f"{number}째 줄" for number in (1, 2, 3)}
    category = fields.pop("category", None) or Category.objects.get_or_create(name="기술")[0]
    author = Author.objects.get_or_create(name="신피질")[0]
    beginning = {"status": Status.DRAFT, "published_at": None, "category": category}
    return make_article(title, **(beginning | {"authors": [author]} | lines | fields))


def room_url(article: Article, room: str) -> str:
    """Return the address of a page beside the form: "publish", "withdraw" or "links"."""
    return f"/admin/articles/article/{article.pk}/{room}/"


def publish_form(article: Article, when: str = "now", **changes: Any) -> dict[str, Any]:
    """Return the form of the publish page as a browser would send it back."""
    stored = Article.objects.get(pk=article.pk)
    form = {"when": when, "at_0": "", "at_1": "", "until_0": "", "until_1": "", "reason": ""}
    return form | {"seen": fingerprint(stored, head_of(stored))} | changes


def change_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def form_of(article: Article | None = None, **changes: Any) -> dict[str, Any]:
    """Return the article's form as a browser would send it back, with some fields changed."""
    source = article or Article(title="새 글")
    names = [
        "title",
        "dek",
        "summary_1",
        "summary_2",
        "summary_3",
        "body",
        "lead_image_alt",
        "lead_image_caption",
        "lead_image_credit",
        "slug",
        "comment_policy",
        "language",
        "canonical_url",
    ]
    form: dict[str, Any] = {name: getattr(source, name) for name in names}
    for name in ("category", "series", "lead_image", "translation_of"):
        form[name] = getattr(source, f"{name}_id") or ""
    form["episode"] = "" if source.episode is None else source.episode
    form["tags"] = ", ".join(source.tags.names()) if article else ""
    form["base"] = head_of(Article.objects.get(pk=article.pk)).digest if article else ""
    form |= discussion()
    authors = list(source.authors.order_by("articleauthor")) if article else []
    return form | byline(authors) | changes


def when(name: str, time: Any) -> dict[str, str]:
    """Return the two inputs of a time; its date and clock are Korean."""
    if time is None:
        return {f"{name}_0": "", f"{name}_1": ""}
    local = time.astimezone(KST)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}


def byline(authors: Sequence[Author]) -> dict[str, Any]:
    """Return the rows of the byline, which the form always sends whole."""
    form: dict[str, Any] = {
        "byline-TOTAL_FORMS": len(authors),
        "byline-INITIAL_FORMS": 0,
        "byline-MIN_NUM_FORMS": 0,
        "byline-MAX_NUM_FORMS": 1000,
    }
    for number, author in enumerate(authors):
        form |= {f"byline-{number}-author": author.pk, f"byline-{number}-position": number}
    return form


def discussion(*, kept: int = 0, article: Article | None = None, **choices: Any) -> dict[str, Any]:
    """Return the part about the article's discussion; nothing is chosen unless it is named."""
    names = ("mode", "default_sort", "close_after_days")
    form: dict[str, Any] = {
        "discussion_settings-TOTAL_FORMS": 1,
        "discussion_settings-INITIAL_FORMS": kept,
        "discussion_settings-MIN_NUM_FORMS": 0,
        "discussion_settings-MAX_NUM_FORMS": 1,
    }
    form |= {f"discussion_settings-0-{name}": choices.get(name, "") for name in names}
    if article:
        form["discussion_settings-0-article"] = article.pk
    return form


def messages_of(response: Any) -> list[str]:
    """Return what the page after a redirect tells the editor; needs `follow=True`."""
    return [str(message) for message in response.context["messages"]]
