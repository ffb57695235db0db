"""The desk for articles and what belongs to them; Django finds it by this package's name."""

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.front_page import FrontPageAdmin
from articles.admin.image import ImageAdmin
from articles.admin.redirect import RedirectAdmin
from articles.admin.site_settings import SiteSettingsAdmin
from articles.admin.taxonomy import CategoryAdmin, SeriesAdmin, TagAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "CategoryAdmin",
    "FrontPageAdmin",
    "ImageAdmin",
    "RedirectAdmin",
    "SeriesAdmin",
    "SiteSettingsAdmin",
    "TagAdmin",
]
