"""Who may do what with an article: a writer works on drafts of their own, an editor on all."""

from typing import Any

from django.http import HttpRequest

from articles.admin.kept_counts import LongList
from articles.models import Article, ArticleQuerySet, Status

# What a writer may still change; the rest is the editors'.
UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)


class ArticlePermissions(LongList):
    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        articles: ArticleQuerySet = super().get_queryset(request)
        return articles.at_desk_of(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_change_permission(request):
            return False
        if obj is None or request.user.has_perm("articles.change_any_article"):
            return True
        # Unfold asks about its buttons by number.
        pk = obj.pk if isinstance(obj, Article) else obj
        return self.get_queryset(request).filter(pk=pk, status__in=UNPUBLISHED).exists()

    def has_publish_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("articles.publish_article")
