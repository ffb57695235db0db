"""What an account may do by importing: no more than by the desk's buttons."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from articles.importing.documents import ImportedArticle, ImportFailure, lasting_ref
from articles.importing.sources import Source
from articles.models import Article, Author, Category, Series, Status

UNPUBLISHED = (Status.DRAFT, Status.IN_REVIEW)


@dataclass(frozen=True, slots=True)
class Powers:
    """The permissions that matter here; whoever has not `any_article` works on their own only."""

    account: int
    may_publish: bool
    any_article: bool
    adds_authors: bool
    adds_categories: bool
    adds_series: bool
    adds_redirects: bool

    @classmethod
    def of(cls, user: Any) -> Powers:
        return cls(
            account=user.pk,
            may_publish=user.has_perm("articles.publish_article"),
            any_article=user.has_perm("articles.change_any_article"),
            adds_authors=user.has_perm("articles.add_author"),
            adds_categories=user.has_perm("articles.add_category"),
            adds_series=user.has_perm("articles.add_series"),
            adds_redirects=user.has_perm("articles.add_redirect"),
        )

    def known_as(self, source: Source) -> Source:
        """Return the source under the identity by which this account finds its article again.

        That of a writer names the writer, so that it never finds what somebody else brought.
        """
        if self.any_article:
            return source
        return replace(
            source, ref=lasting_ref(f"account-{self.account}", source.ref), is_self_named=True
        )

    def check(self, article: Article) -> None:
        """Raise ImportFailure for an article that this account may not change."""
        if self.any_article:
            return
        if article.owner_id != self.account or article.status not in UNPUBLISHED:
            raise ImportFailure("the article is approved or published, or belongs to somebody else")

    def fitted(self, document: ImportedArticle) -> tuple[ImportedArticle, list[str]]:
        """Return what this account may say of the document, and a warning for what was left out."""
        warnings: list[str] = []
        fields: dict[str, Any] = {}
        if not self.adds_authors:
            known = [name for name in document.authors if _is_there(Author, "name", name)]
            lost = [name for name in document.authors if name not in known]
            fields["authors"] = tuple(known)
            warnings += [f"the author is not known here and was left out: {name}" for name in lost]
        if not self.adds_categories and not _is_there(Category, "name", document.category):
            fields["category"] = ""
            warnings.append(f"the category is not known here and was left out: {document.category}")
        if not self.adds_series and not _is_there(Series, "title", document.series):
            fields |= {"series": "", "episode": None}
            warnings.append(f"the series is not known here and was left out: {document.series}")
        if not self.adds_redirects:
            fields["old_paths"] = ()
        return replace(document, **fields), warnings


def _is_there(model: Any, field: str, name: str) -> bool:
    """Whether the row is there; of no name, none is missing."""
    return not name or model.objects.filter(**{f"{field}__iexact": name}).exists()
