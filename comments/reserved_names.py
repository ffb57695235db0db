"""Names that a guest may not take, nor anything that looks like them."""

from django.conf import settings

from accounts.models import User
from articles.models import Author
from comments.skeletons import skeleton, skeletons

# Who speaks under one of these speaks for the house.
OFFICIAL_NAMES = ("운영자", "관리자", "편집자", "편집부", "편집장", "admin", "administrator")


def is_reserved(name: str, *, account: User | None = None) -> bool:
    """Whether the name is, or looks like, an author's, an editor's or the magazine's own.

    What is the account's own is not reserved for others; editors do speak for the house.
    """
    return skeleton(name) in reserved_skeletons(account=account)


def reserved_skeletons(*, account: User | None = None) -> frozenset[str]:
    """Return what a name may not look like, for whoever judges many names."""
    authors, editors = Author.objects.all(), User.objects.filter(is_staff=True)
    official = {*OFFICIAL_NAMES, settings.SITE_NAME}
    if account is not None:
        authors, editors = authors.exclude(user=account), editors.exclude(pk=account.pk)
        official = set() if account.is_staff else official
    names = authors.values_list("name", flat=True)
    display_names = editors.values_list("display_name", flat=True)
    return skeletons([*names, *display_names, *official])
