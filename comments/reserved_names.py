"""Names that a guest may not take, nor anything that looks like them."""

from django.conf import settings

from accounts.models import User
from articles import site
from articles.models import Author
from articles.queries.compiled import CompiledQuery
from comments.skeletons import imitates

# Who speaks under one of these speaks for the house.
OFFICIAL_NAMES = (
    "운영자", "운영진", "운영팀", "운영국", "운영위원회", "운영사무국", "관리자", "관리진", "관리팀", "관리인", "총관리자",
    "편집자", "편집부", "편집장", "편집팀", "편집국", "편집실", "편집인", "편집위원", "편집위원회", "발행인", "필자", "글쓴이",
    "필담지기", "필담지", "필담편집부", "공식", "공식계정", "본사", "고객센터", "고객지원", "시스템", "시스템관리자", "알림봇",
    "사이트관리자", "부운영자", "부관리자", "모더레이터", "어드민", "웹마스터", "스태프", "에디터",
    "admin", "administrator", "admins", "administration", "moderator", "mod", "staff", "official", "webmaster", "root", "system",
    "sysadmin", "superuser", "operator", "editor", "editors", "author", "support", "helpdesk", "pildam",
)  # fmt: skip

NO_ACCOUNT = 0
_names_of_authors = CompiledQuery(
    lambda own: Author.objects.exclude(user=own).order_by("pk").values_list("name", flat=True)
)
_names_of_editors = CompiledQuery(
    lambda own: (
        User.objects.filter(is_staff=True)
        .exclude(pk=own)
        .order_by("pk")
        .values_list("display_name", flat=True)
    )
)


def is_reserved(name: str, *, account: User | None = None) -> bool:
    """Whether the name is, or looks like, an author's, an editor's or the magazine's own.

    What is the account's own is not reserved for others; editors do speak for the house.
    """
    return imitates(name, reserved_names(account=account))


def reserved_names(*, account: User | None = None) -> list[str]:
    """Return the names that nobody else may look like, for whoever judges many names."""
    own = NO_ACCOUNT if account is None else account.pk
    official: tuple[str, ...] = (*OFFICIAL_NAMES, settings.SITE_NAME, site.name())
    if account is not None and account.is_staff:
        official = ()
    return [*_names_of_authors(own), *_names_of_editors(own), *official]
