"""The addresses of the discussions."""

from django.urls import path

from articles.caching import public_feed
from comments import feeds, views

app_name = "comments"

urlpatterns = [
    path("articles/<hangul:slug>/comments/", views.discussion, name="discussion"),
    path("articles/<hangul:slug>/comments/feed/", public_feed(feeds.CommentFeed()), name="feed"),
    path("comments/<int:pk>/", views.permalink, name="permalink"),
    path("comments/<int:pk>/edit/", views.edit, name="edit"),
    path("comments/<int:pk>/delete/", views.delete, name="delete"),
]
