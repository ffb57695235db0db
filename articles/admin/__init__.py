"""The desk for articles and what belongs to them; Django finds it by this package's name."""

from articles.admin.article import ArticleAdmin
from articles.admin.author import AuthorAdmin
from articles.admin.broken_link import BrokenLinkAdmin
from articles.admin.desk_events import DeskEventAdmin
from articles.admin.front_page import FrontPageAdmin
from articles.admin.image import ImageAdmin
from articles.admin.missing_page import MissingPageAdmin
from articles.admin.newsletter import MailingAdmin
from articles.admin.redirect import RedirectAdmin
from articles.admin.series import SeriesAdmin
from articles.admin.site_settings import SiteSettingsAdmin
from articles.admin.synonyms import SynonymGroupAdmin
from articles.admin.tag import TagAdmin
from articles.admin.taxonomy import CategoryAdmin

__all__ = [
    "ArticleAdmin",
    "AuthorAdmin",
    "BrokenLinkAdmin",
    "CategoryAdmin",
    "DeskEventAdmin",
    "FrontPageAdmin",
    "ImageAdmin",
    "MailingAdmin",
    "MissingPageAdmin",
    "RedirectAdmin",
    "SeriesAdmin",
    "SiteSettingsAdmin",
    "SynonymGroupAdmin",
    "TagAdmin",
]
