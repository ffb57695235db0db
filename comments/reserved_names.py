"""Names that a guest may not take, nor anything that looks like them."""

from django.conf import settings

from accounts.models import User
from articles.models import Author
from comments.skeletons import skeleton, skeletons

# Who speaks under one of these speaks for the house.
OFFICIAL_NAMES = ("운영자", "관리자", "편집자", "편집부", "편집장", "admin", "administrator")


def is_reserved(name: str) -> bool:
    """Whether the name is, or looks like, an author's, an editor's or the magazine's own."""
    return skeleton(name) in reserved_skeletons()


def reserved_skeletons() -> frozenset[str]:
    """Return what no guest's name may look like, for whoever judges many names."""
    authors = Author.objects.values_list("name", flat=True)
    editors = User.objects.filter(is_staff=True).values_list("display_name", flat=True)
    return skeletons([*authors, *editors, *OFFICIAL_NAMES, settings.SITE_NAME])
