"""Requests to take a comment down, made without an account, and the author's answer to them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from articles.caching import private_page
from articles.responses import SeeOther, get_or_post, retry_after
from comments.limits import (
    OBJECTIONS,
    TAKEDOWNS,
    TAKEDOWNS_OF_COMMENT,
    TAKEDOWNS_TO_ADDRESS,
)
from comments.models import Comment, CommentSettings, Takedown, TakedownState
from comments.privacy.tokens import may_object
from comments.readers import reader_of
from comments.takedowns.expiry import close_overdue, end_blinds
from comments.takedowns.forms import ObjectionForm, TakedownForm
from comments.takedowns.requests import object_to, receive
from comments.views.answers import readable


@private_page
@get_or_post
def takedown(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a request against a comment that readers see."""
    reader = reader_of(request)
    comment = readable(request, pk)
    if not comment.is_visible:
        raise Http404("Nobody else sees this comment.")
    form = TakedownForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _form_page(request, comment, form, status=422 if form.is_bound else 200)
    fields = dict(form.cleaned_data)
    del fields["consent"]
    seconds = (
        TAKEDOWNS.hit(reader.network)
        or TAKEDOWNS_TO_ADDRESS.hit(fields["email"].lower())
        or TAKEDOWNS_OF_COMMENT.hit(comment.pk)
    )
    if seconds:
        form.add_error(None, "짧은 시간에 너무 여러 번 요청하셨습니다. 나중에 다시 해 주세요.")
        return retry_after(seconds, _form_page(request, comment, form, status=429))
    received = receive(comment, **fields)
    return SeeOther(f"{received.get_absolute_url()}?received#notice")


@private_page
@require_safe
def status(request: HttpRequest, ticket: str) -> HttpResponse:
    """Say how far a request is, to whoever has its number; nothing of the people in it."""
    found = _takedown_of(ticket)
    context = {
        "takedown": found,
        "is_new": "received" in request.GET,
        "is_objected": "objected" in request.GET,
    }
    return render(request, "comments/takedown_status.html", context)


@private_page
@get_or_post
def objection(request: HttpRequest, ticket: str, key: str) -> HttpResponse:
    """Let the author of a blinded comment say why it should stand."""
    found = _takedown_of(ticket)
    if not may_object(key, found.ticket):
        raise Http404("The key is not for this.")
    if found.state != TakedownState.BLINDED:
        return render(request, "comments/takedown_over.html", status=403)
    form = ObjectionForm(
        request.POST if request.method == "POST" else None,
        initial={"objection": found.objection},
    )
    context = {"form": form, "takedown": found}
    if not form.is_valid():
        code = 422 if form.is_bound else 200
        return render(request, "comments/takedown_objection.html", context, status=code)
    if seconds := OBJECTIONS.hit(found.ticket):
        form.add_error(None, "짧은 시간에 너무 여러 번 보내셨습니다. 나중에 다시 해 주세요.")
        response = render(request, "comments/takedown_objection.html", context, status=429)
        return retry_after(seconds, response)
    if not object_to(found, form.cleaned_data["objection"]):
        return render(request, "comments/takedown_over.html", status=403)
    return SeeOther(f"{found.get_absolute_url()}?objected#notice")


def _takedown_of(ticket: str) -> Takedown:
    """Return the request of that number as it is now, or answer 404."""
    if "\0" in ticket:
        raise Http404("There is no such number.")
    found = get_object_or_404(Takedown, ticket=ticket.upper())
    end_blinds(Comment.objects.filter(pk=found.comment_id))
    close_overdue(Takedown.objects.filter(pk=found.pk).overdue())
    found.refresh_from_db()
    return found


def _form_page(
    request: HttpRequest, comment: Comment, form: TakedownForm, *, status: int
) -> HttpResponse:
    days = CommentSettings.current().address_retention_days
    context = {"comment": comment, "article": comment.article, "form": form, "kept_days": days}
    return render(request, "comments/takedown.html", context, status=status)
