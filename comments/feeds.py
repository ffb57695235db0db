"""The newest comments of one article, for feed readers."""

from __future__ import annotations

from datetime import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from articles import site
from articles.feed_formats import WritableRss
from articles.models import Article
from articles.page_facts import shows_discussion
from articles.site import absolute
from comments.discussions import discussed_articles
from comments.models import Comment, CommentQuerySet

FEED_SIZE = 30


class CommentFeed(Feed):
    feed_type = WritableRss
    language = "ko"

    def get_object(self, request: HttpRequest, slug: str) -> Article:
        article = get_object_or_404(discussed_articles(), slug=slug)
        shows_discussion(article.pk)
        return article

    def title(self, obj: Article) -> str:
        return f"{obj.title} – 댓글 – {site.name()}"

    def description(self, obj: Article) -> str:
        return f"〈{obj.title}〉에 달린 새 댓글"

    def link(self, obj: Article) -> str:
        return absolute(reverse("comments:discussion", args=[obj.slug]))

    def feed_url(self, obj: Article) -> str:
        return absolute(reverse("comments:feed", args=[obj.slug]))

    def items(self, obj: Article) -> CommentQuerySet:
        # What is folded on the page has no place to be folded here.
        unfolded = Comment.objects.visible().filter(article=obj, folded_at__isnull=True)
        return unfolded.order_by("-created_at", "-pk")[:FEED_SIZE]

    def item_title(self, item: Comment) -> str:
        return f"{item.name}님의 댓글"

    def item_description(self, item: Comment) -> str:
        return item.body_html

    def item_link(self, item: Comment) -> str:
        return absolute(item.get_absolute_url())

    def item_pubdate(self, item: Comment) -> datetime:
        return item.created_at
