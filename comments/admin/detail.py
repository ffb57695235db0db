"""One comment at the desk, with its history, and what moderators note and do about its writer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from comments.admin.dossiers import dossiers_of
from comments.admin.forms import BanForm, NoteForm
from comments.admin.queue_page import desk_context, undoable_in
from comments.admin.queues import for_desk, queue_named
from comments.admin.requests import way_back
from comments.bans import CannotBanError, Duration, Target, ban, targets_of
from comments.models import Comment, ModerationEvent, ModeratorNote
from comments.transitions import moderator

SHOWN_EVENTS = 100
SHOWN_OTHERS = 10


@require_GET
@permission_required("comments.view_comment", raise_exception=True)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _comment(pk), NoteForm())


@require_POST
@permission_required("comments.add_moderatornote", raise_exception=True)
def add_note(request: HttpRequest, pk: int) -> HttpResponse:
    comment = _comment(pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _page(request, comment, form, status=422)
    ModeratorNote.objects.create(
        comment=comment,
        author_key=comment.author_key,
        text=form.cleaned_data["text"],
        written_by_id=request.user.pk,
    )
    messages.success(request, "메모를 남겼습니다.")
    return redirect("admin:comments_comment_change", pk)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("comments.add_ban", raise_exception=True)
def ban_writer(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the form that bans whoever wrote the comment, and do it."""
    comment = _comment(pk)
    form = BanForm(request.POST or None, targets=targets_of(comment))
    if request.method == "POST" and form.is_valid() and _banned(request, comment, form):
        messages.success(request, f"{comment.name} 님의 쓰기를 막았습니다.")
        return redirect(way_back(request))
    context = desk_context(request, "쓰기 제한") | {
        "card": dossiers_of([comment])[0],
        "form": form,
        "back": way_back(request) if request.method == "POST" else _detail_url(comment),
    }
    status = 422 if form.errors else 200
    return render(request, "admin/comments/ban.html", context, status=status)


def _banned(request: HttpRequest, comment: Comment, form: BanForm) -> bool:
    """Ban as the form says; a refusal becomes the form's error."""
    try:
        ban(
            comment,
            Target(form.cleaned_data["target"]),
            Duration(form.cleaned_data["duration"]),
            actor=moderator(request.user),
            reason=form.cleaned_data["reason"],
        )
    except CannotBanError as error:
        form.add_error("target", str(error))
        return False
    return True


def _page(
    request: HttpRequest, comment: Comment, form: NoteForm, *, status: int = 200
) -> HttpResponse:
    others = Comment.objects.written_by(comment.author_key).exclude(pk=comment.pk)
    context = desk_context(request, f"{comment.name}의 댓글") | {
        "card": dossiers_of([comment])[0],
        "queue": queue_named("all"),
        "note_form": form,
        "events": _events(comment),
        "others": for_desk(others).order_by("-created_at")[:SHOWN_OTHERS],
        "undoable": undoable_in(request),
        "back": _detail_url(comment),
    }
    return render(request, "admin/comments/detail.html", context, status=status)


def _events(comment: Comment) -> list[ModerationEvent]:
    return list(ModerationEvent.objects.filter(comment_ref=comment.pk)[:SHOWN_EVENTS])


def _comment(pk: int) -> Comment:
    return get_object_or_404(for_desk(Comment.objects.all()), pk=pk)


def _detail_url(comment: Comment) -> str:
    return reverse("admin:comments_comment_change", args=[comment.pk])
