"""What the magazine is made of."""

from articles.models.article import Article, ArticleAuthor, ArticleQuerySet, Status
from articles.models.author import Author
from articles.models.category import Category
from articles.models.image import Image
from articles.models.redirect import Redirect
from articles.models.series import Series
from articles.models.tag import Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleAuthor",
    "ArticleQuerySet",
    "Author",
    "Category",
    "Image",
    "Redirect",
    "Series",
    "Status",
    "Tag",
    "TaggedArticle",
]
