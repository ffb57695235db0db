"""What the magazine is made of."""

from articles.models.announcement import Announcement
from articles.models.append_only import AppendOnly, AppendOnlyError, AppendOnlyQuerySet
from articles.models.article import Article
from articles.models.article_queryset import HEAVY_FIELDS, ArticleQuerySet
from articles.models.author import Author
from articles.models.broken_link import BrokenLink
from articles.models.byline import ArticleAuthor
from articles.models.category import Category
from articles.models.desk_event import Deed, DeskEvent
from articles.models.front_page import Banner, FrontBlock, FrontPage, FrontPin
from articles.models.image import FormerFile, Image
from articles.models.image_use import ImageUse
from articles.models.import_batch import (
    ImportBatch,
    ImportRow,
    ImportState,
    ImportStatus,
    RowAction,
)
from articles.models.missing_page import MissingPage
from articles.models.newsletter import (
    Frequency,
    Letter,
    Mailing,
    MailingState,
    Newsletter,
    Subscriber,
    Subscription,
)
from articles.models.page_change import PageChange
from articles.models.picture_origin import PictureOrigin
from articles.models.preview_link import PreviewLink
from articles.models.reads import DailyReads, HourlyReads
from articles.models.redirect import Redirect
from articles.models.revision import Head, Revision, RevisionKind
from articles.models.search import SearchDocument, SearchTerm, StaleText, SynonymGroup
from articles.models.series import Series
from articles.models.site_settings import SiteSettings
from articles.models.status import CommentPolicy, Status, Withdrawal
from articles.models.tag import Tag, TaggedArticle
from articles.models.working_copy import Presence, WorkingCopy

__all__ = [
    "HEAVY_FIELDS",
    "Announcement",
    "AppendOnly",
    "AppendOnlyError",
    "AppendOnlyQuerySet",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "Author",
    "Banner",
    "BrokenLink",
    "Category",
    "CommentPolicy",
    "DailyReads",
    "Deed",
    "DeskEvent",
    "FormerFile",
    "Frequency",
    "FrontBlock",
    "FrontPage",
    "FrontPin",
    "Head",
    "HourlyReads",
    "Image",
    "ImageUse",
    "ImportBatch",
    "ImportRow",
    "ImportState",
    "ImportStatus",
    "Letter",
    "Mailing",
    "MailingState",
    "MissingPage",
    "Newsletter",
    "PageChange",
    "PictureOrigin",
    "Presence",
    "PreviewLink",
    "Redirect",
    "Revision",
    "RevisionKind",
    "RowAction",
    "SearchDocument",
    "SearchTerm",
    "Series",
    "SiteSettings",
    "StaleText",
    "Status",
    "Subscriber",
    "Subscription",
    "SynonymGroup",
    "Tag",
    "TaggedArticle",
    "Withdrawal",
    "WorkingCopy",
]
