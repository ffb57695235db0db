"""The addresses of the discussions."""

from django.urls import path

from articles.caching import public_feed
from comments import feeds
from comments.views import authorship, discussion, mail, privacy, reactions, takedowns

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
    path("comments/mine/", privacy.mine, name="mine"),
    path("comments/mine/export/", privacy.export, name="export_mine"),
    path("comments/mine/erase/", privacy.erase, name="erase_mine"),
    path("comments/mine/leave/", privacy.leave, name="leave"),
    path("comments/mine/guest/", privacy.guest, name="guest"),
    path("comments/mine/guest/<str:key>/", privacy.guest_data, name="guest_data"),
    path("comments/<int:pk>/takedown/", takedowns.takedown, name="takedown"),
    path("takedowns/<str:ticket>/", takedowns.status, name="takedown_status"),
    path(
        "takedowns/<str:ticket>/objection/<str:key>/",
        takedowns.objection,
        name="takedown_objection",
    ),
    path("privacy/", privacy.policy, name="privacy"),
]
