"""The desk for articles and what belongs to them; Django finds it by this package's name."""

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.desk_events import DeskEventAdmin
from articles.admin.image import ImageAdmin
from articles.admin.redirect import RedirectAdmin
from articles.admin.taxonomy import CategoryAdmin, SeriesAdmin, TagAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "CategoryAdmin",
    "DeskEventAdmin",
    "ImageAdmin",
    "RedirectAdmin",
    "SeriesAdmin",
    "TagAdmin",
]
