"""The addresses of the discussions."""

from django.urls import path

from articles.caching import public_feed
from comments import feeds
from comments.views import authorship, discussion, mail, reactions

app_name = "comments"

urlpatterns = [
    path("articles/<hangul:slug>/comments/", discussion.discussion, name="discussion"),
    path("articles/<hangul:slug>/comments/new/", discussion.new_count, name="new_count"),
    path("articles/<hangul:slug>/comments/feed/", public_feed(feeds.CommentFeed()), name="feed"),
    path("articles/<hangul:slug>/comments/follow/", mail.follow, name="follow"),
    path("comments/mail/confirm/<str:token>/", mail.confirm, name="confirm_mail"),
    path("comments/mail/unsubscribe/<str:token>/", mail.unsubscribe, name="unsubscribe"),
    path("comments/mail/<str:token>/", mail.manage, name="manage_mail"),
    path("comments/<int:pk>/", discussion.permalink, name="permalink"),
    path("comments/<int:pk>/edit/", authorship.edit, name="edit"),
    path("comments/<int:pk>/delete/", authorship.delete, name="delete"),
    path("comments/<int:pk>/vote/", reactions.vote, name="vote"),
    path("comments/<int:pk>/report/", reactions.report, name="report"),
    path("comments/<int:pk>/block/", reactions.block, name="block"),
    path("comments/blocks/", reactions.blocks, name="blocks"),
]
