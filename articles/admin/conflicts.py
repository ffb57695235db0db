"""Two editors saved the same article: the second is shown both texts merged, nothing is lost.

The merged text stands in the form, on top of the version that is stored now, and is saved only
when its writer says so. What cannot be saved at all any more is kept as the beginning of a new
article.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from articles.admin import copies, offers, presence
from articles.admin.copy_form import (
    ROWS,
    Fields,
    content_of_fields,
    fields_of,
    fields_of_content,
    texts_of,
)
from articles.admin.desk import desk_page
from articles.admin.differences import Difference, difference
from articles.admin.forms import CONFLICT
from articles.admin.opening import begun_with
from articles.admin.wording import short_moment
from articles.content import LABELS, TEXTS, Content, changed_parts, reading_of
from articles.models import Article, Revision, WorkingCopy
from articles.text import whole_number
from articles.text_merge import marked_lines, merge, merge_fields

DELETED = "그사이 다른 사람이 이 글을 지웠습니다."
TAKEN_AWAY = "그사이 이 글의 상태가 바뀌어 이제 고칠 수 없습니다."


@dataclass(frozen=True, slots=True)
class Part:
    """A part that both have changed, as each wants it, and the way from theirs to mine."""

    name: str
    theirs: str
    mine: str
    change: Difference

    @property
    def label(self) -> str:
        return LABELS[self.name]

    @property
    def is_text(self) -> bool:
        """Whether one click can put either of the two into its field."""
        return self.name in TEXTS

    @property
    def rows(self) -> int:
        return 12 if self.name == "body" else 2


@dataclass(frozen=True, slots=True)
class Merged:
    """Two versions of an article brought together, and where they do not go together."""

    content: Content
    conflicting: list[str]
    marks: int = 0


@dataclass(frozen=True, slots=True)
class Conflict:
    """What the panel above the form tells of."""

    saved_by: str
    saved_at: str
    parts: list[Part]
    taken_over: list[str]
    my_body: str
    has_marks: bool
    knows_base: bool


def answered(article: Article, request: HttpRequest) -> QueryDict:
    """Return the posted form as it is shown again: merged into the new version, not to be saved.

    What was posted becomes the writer's working copy, and the request remembers the conflict.
    """
    fields = fields_of(request.POST)
    _keep(request, article)
    theirs = begun_with(article).content
    mine = content_of_fields(fields, theirs)
    digest = request.POST.get("base", "")
    base = article.revisions.with_digest(digest) if copies.BASE.fullmatch(digest) else None
    merged = _merged(base.content if base else None, mine, theirs)
    request.conflict = _conflict(article, base, mine, merged)  # type: ignore[attr-defined]
    return _posted(request, fields, merged.content, begun_with(article).digest)


def conflict_of(request: HttpRequest) -> Conflict | None:
    return getattr(request, "conflict", None)


def refused(admin: Any, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
    """Answer a form whose article is gone, or is its writer's no more, with its text in full.

    Returns None where nothing is to be rescued, so that the usual refusal follows.
    """
    fields = fields_of(request.POST)
    if not may_rescue(admin, request, fields):
        return None
    pk = whole_number(object_id or "")
    is_gone = pk is None or not Article.objects.filter(pk=pk).exists()
    context = desk_page(request, "저장하지 못했습니다") | {
        "opts": admin.model._meta,
        "reason": DELETED if is_gone else TAKEN_AWAY,
        "parts": texts_of(fields),
    }
    if admin.has_add_permission(request):
        context["resume_url"] = offers.resume_url(_keep(request, None))
    status = 409 if is_gone else 403
    return render(request, "admin/articles/article/refused.html", context, status=status)


def may_rescue(admin: Any, request: HttpRequest, fields: Fields) -> bool:
    has_text = bool(fields.get("title", "").strip() or fields.get("body", "").strip())
    return has_text and admin.has_change_permission(request)


def _keep(request: HttpRequest, article: Article | None) -> WorkingCopy:
    posted = request.POST.copy()
    own = WorkingCopy.objects.of_sitting(posted.get("sitting", ""), request.user)
    if own is not None and article is None:
        own.article = None
        own.save(update_fields=["article"])
    elif own is None and not _is_free(posted.get("sitting", "")):
        posted["sitting"] = uuid4().hex
    return copies.store(request.user, article, posted)


def _is_free(sitting: str) -> bool:
    """Whether a sitting that is posted may become a row: well written, and nobody else's."""
    taken = WorkingCopy.objects.filter(sitting=sitting).exists
    return WorkingCopy.is_sitting(sitting) and not taken()


def _merged(base: Content | None, mine: Content, theirs: Content) -> Merged:
    """Merge by parts, and the body by paragraphs; without a base everything of mine stands."""
    if base is None:
        return Merged(mine, changed_parts(theirs, mine))
    fields = merge_fields(base, mine, theirs)
    conflicting = [name for name in LABELS if name in fields.conflicts]
    if "body" not in conflicting:
        return Merged(fields.values, conflicting)
    body = merge(base["body"], mine["body"], theirs["body"])
    if not body.conflicts:
        conflicting.remove("body")
    return Merged(fields.values | {"body": body.text}, conflicting, len(body.conflicts))


def _conflict(article: Article, base: Revision | None, mine: Content, merged: Merged) -> Conflict:
    theirs = begun_with(article).content
    newest = presence.newest_save(article)
    taken = [
        LABELS[name]
        for name in changed_parts(mine, merged.content)
        if name not in merged.conflicting
    ]
    return Conflict(
        saved_by=newest.author_name if newest else "",
        saved_at=short_moment(newest.saved_at) if newest else "",
        parts=[_part(name, mine, theirs) for name in merged.conflicting],
        taken_over=taken,
        my_body=mine["body"],
        has_marks=merged.marks > 0,
        knows_base=base is not None,
    )


def _part(name: str, mine: Content, theirs: Content) -> Part:
    return Part(
        name,
        reading_of(name, theirs.get(name)),
        reading_of(name, mine.get(name)),
        difference(name, theirs, mine),
    )


def _posted(request: HttpRequest, fields: Fields, content: Content, digest: str) -> QueryDict:
    """Return the posted form with the merged content in the place of what it said."""
    posted = request.POST.copy()
    for name in fields:
        if name.startswith(ROWS):
            del posted[name]
    for name, value in fields_of_content(content).items():
        posted[name] = value
    posted[f"{ROWS}TOTAL_FORMS"] = str(max(1, len(content["authors"])))
    posted[f"{ROWS}INITIAL_FORMS"] = "0"
    posted["base"] = digest
    posted[CONFLICT] = "1"
    return posted


def warning_of_marks(body: str) -> str:
    """Say in which lines a saved text still holds both versions; "" when it does not."""
    lines = marked_lines(body)
    if not lines:
        return ""
    return (
        f"본문 {lines[0]}째 줄에 두 글을 나눈 표시가 남아 있습니다. "
        "지우기 전에는 발행할 수 없습니다."
    )
