"""What the magazine is made of."""

from articles.models.article import Article
from articles.models.article_queryset import HEAVY_FIELDS, ArticleQuerySet
from articles.models.author import Author
from articles.models.byline import ArticleAuthor
from articles.models.category import Category
from articles.models.front_page import Banner, FrontBlock, FrontPage, FrontPin
from articles.models.image import FormerFile, Image
from articles.models.image_use import ImageUse
from articles.models.redirect import Redirect
from articles.models.series import Series
from articles.models.site_settings import SiteSettings
from articles.models.status import CommentPolicy, Status
from articles.models.tag import Tag, TaggedArticle

__all__ = [
    "HEAVY_FIELDS",
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "Author",
    "Banner",
    "Category",
    "CommentPolicy",
    "FormerFile",
    "FrontBlock",
    "FrontPage",
    "FrontPin",
    "Image",
    "ImageUse",
    "Redirect",
    "Series",
    "SiteSettings",
    "Status",
    "Tag",
    "TaggedArticle",
]
