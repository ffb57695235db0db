"""Every address that the URLconf knows, with rows of the database to stand in for its arguments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.contrib.admindocs.views import simplify_regex
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RoutePattern

from articles import editing
from articles.models import (
    BrokenLink,
    Deed,
    DeskEvent,
    Mailing,
    MissingPage,
    SiteSettings,
    SynonymGroup,
)
from comments.models import (
    Ban,
    CommentSettings,
    ModerationEvent,
    OutgoingMail,
    Recipient,
    WordRule,
)
from comments.roles import make_roles
from tests.builders import (
    make_article,
    make_author,
    make_category,
    make_image,
    make_redirect,
    make_series,
    make_user,
)
from tests.comments.builders import make_comment, make_takedown


def all_routes() -> list[str]:
    """Return every route such as "/articles/<slug>/", in order."""
    return sorted(set(_routes(get_resolver().url_patterns, "")))


def _routes(patterns: list[Any], prefix: str) -> Iterator[str]:
    for pattern in patterns:
        route = prefix + _text(pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield "/" + route


def _text(pattern: Any) -> str:
    if isinstance(pattern.pattern, RoutePattern):
        return re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", str(pattern.pattern))
    return simplify_regex(str(pattern.pattern)).lstrip("/")


class Samples:
    """One row of each kind; `address` puts them where a route has arguments."""

    def __init__(self) -> None:
        make_roles(Group, Permission)
        category, author, series = make_category(), make_author(), make_series()
        article = make_article(
            "본보기", authors=[author], tags=["본보기"], category=category, series=series, episode=1
        )
        editing.keep_before_change(article)
        comment = make_comment(article)
        takedown = make_takedown(comment)
        account = make_user("sample@pildam.example", display_name="본보기")
        self.by_model = {
            "articles/article": article.pk,
            "articles/author": author.pk,
            "articles/brokenlink": BrokenLink.objects.create(
                article=article, address="/none/", line=1, reason="없음"
            ).pk,
            "articles/category": category.pk,
            "articles/deskevent": DeskEvent.objects.create(
                article_ref=article.pk, article_title="본보기", deed=Deed.SAVE, actor_name="밥"
            ).pk,
            "articles/image": make_image().pk,
            "articles/mailing": Mailing.objects.create(article=article).pk,
            "articles/missingpage": MissingPage.objects.create(path="/none/").pk,
            "articles/redirect": make_redirect("/old/", target="/new/").pk,
            "articles/series": series.pk,
            "articles/sitesettings": SiteSettings.objects.create(pk=1).pk,
            "articles/synonymgroup": SynonymGroup.objects.create(words="글, 문장").pk,
            "articles/tag": article.tags.get().pk,
            "accounts/user": account.pk,
            "auth/group": Group.objects.order_by("pk")[0].pk,
            # Where the desk leads from an article to its page.
            "r/<content_type_id>": article.pk,
            "comments/ban": Ban.objects.create(account=account, reason="광고").pk,
            "comments/comment": comment.pk,
            "comments/commentsettings": CommentSettings.objects.create(pk=1).pk,
            "comments/moderationevent": ModerationEvent.objects.create(
                comment_ref=comment.pk, article_ref=article.pk, action="approve", actor_name="밥"
            ).pk,
            "comments/outgoingmail": OutgoingMail.objects.create(
                to="a@pildam.example", subject="제목", text="글"
            ).pk,
            "comments/recipient": Recipient.objects.create(address="a@pildam.example").pk,
            "comments/takedown": takedown.pk,
            "comments/wordrule": WordRule.objects.create(pattern="본보기", target="body").pk,
        }
        self.slugs = {
            "articles": article.slug,
            "authors": author.slug,
            "categories": category.slug,
            "series": series.slug,
            "tags": article.tags.get().slug,
        }
        local = article.published_at.astimezone()
        self.arguments = {
            "app_label": "articles",
            # Everybody's uploads are their own, and nobody has this one.
            "batch": 0,
            "index": 0,
            "content_type_id": ContentType.objects.get_for_model(article).pk,
            "digest": "no-such-digest",
            "key": "no-such-key",
            "kind": "articles",
            "name": "held",
            "number": 1,
            "month": f"{local.month:02}",
            "path": "images/no-such.webp",
            "pk": comment.pk,
            "provider": "google",
            "section": "articles",
            # Everybody's copies are their own, and nobody has this one.
            "sitting": "0" * 32,
            "ticket": takedown.ticket,
            "token": "no-such-token",
            "uidb36": "1",
            "url": "no-such-page",
            "year": local.year,
        }

    def address(self, route: str) -> str:
        return re.sub(r"<(\w+)>", lambda found: str(self._value(route, found.group(1))), route)

    def _value(self, route: str, name: str) -> Any:
        parts = route.strip("/").split("/")
        if name == "slug":
            return self.slugs[parts[0]]
        if name in {"object_id", "id"} or (name == "pk" and parts[0] == "admin"):
            # Of models without a sample there is no row, and so no page.
            return self.by_model.get("/".join(parts[1:3]), 1)
        return self.arguments[name]
