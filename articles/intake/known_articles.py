"""Which documents became articles before, asked for a batch of them at once."""

from __future__ import annotations

from collections.abc import Iterable

from articles.models import Article, ArticleQuerySet


class KnownArticles:
    """Finds articles by where they came from, and remembers the identities that nobody had."""

    def __init__(self, refs: Iterable[str] = (), digests: Iterable[str] = ()) -> None:
        """The identities of a batch, of which most are new as a rule."""
        self._new_refs = set(refs)
        self._new_digests = set(digests)
        articles = Article.objects.order_by()
        if self._new_refs:
            found = articles.filter(import_ref__in=self._new_refs)
            self._new_refs -= set(found.values_list("import_ref", flat=True))
        if self._new_digests:
            found = articles.filter(import_digest__in=self._new_digests)
            self._new_digests -= set(found.values_list("import_digest", flat=True))

    def with_ref(self, ref: str) -> Article | None:
        if ref in self._new_refs:
            return None
        return self._articles().filter(import_ref=ref).first()

    def with_digest(self, digest: str) -> Article | None:
        """Return the first article that was imported from the very same bytes."""
        if digest in self._new_digests:
            return None
        return self._articles().filter(import_digest=digest).first()

    def forget(self, identities: Iterable[str]) -> None:
        """Ask anew for what is being stored now."""
        self._new_refs.difference_update(identities)
        self._new_digests.difference_update(identities)

    @staticmethod
    def _articles() -> ArticleQuerySet:
        return Article.objects.select_related("category", "series", "lead_image").order_by("pk")
