"""The page on which articles are subscribed to, and those behind the links in letters.

GET changes nothing: mail programs and their scanners open every link. None of these pages may be
kept by a cache, so that the form can carry its token while the pages that lead here need none.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from accounts.request_network import network_of
from articles.caching import private_page
from articles.mail_tokens import Purpose
from articles.models import Frequency, Subscriber
from articles.newsletter import subscribing, targets, tokens
from articles.newsletter.forms import SubscribeForm
from articles.newsletter.tokens import Claim
from articles.rate_limits import Limit
from articles.responses import SeeOther, get_or_post, retry_after
from articles.text import whole_number

# Counted before anybody looks whether an address is known, so that the answer tells nothing.
SUBSCRIBING = Limit("newsletter", allowed=10, seconds=60 * 60)
# By everybody together: letters that ask are the only ones that strangers can have sent.
SUBSCRIBING_BY_ALL = Limit("newsletter-all", allowed=1_000, seconds=60 * 60)


@private_page
@get_or_post
def subscribe(request: HttpRequest) -> HttpResponse:
    """Take a wish for letters. The answer is the same for addresses known and unknown."""
    offered = targets.choices(targets.named(request.GET))
    form = SubscribeForm(request.POST if request.method == "POST" else None, offered=offered)
    if request.method != "POST":
        return _form_page(request, form)
    if not form.is_valid():
        return _form_page(request, form, status=422)
    if seconds := SUBSCRIBING.hit(network_of(request)) or SUBSCRIBING_BY_ALL.hit():
        form.add_error(None, f"너무 여러 번 청하셨습니다. {seconds}초 뒤에 다시 해 주세요.")
        return retry_after(seconds, _form_page(request, form, status=429))
    cleaned = form.cleaned_data
    subscribing.subscribe(cleaned["email"], form.chosen(), cleaned["frequency"])
    return SeeOther(f"{reverse('articles:newsletter')}?asked=1#notice")


@private_page
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of a mailbox see what was asked for in its name, and agree to it."""
    subscriber = _claim(Purpose.CONFIRM, token).subscriber
    wishes = list(subscribing.unconfirmed(subscriber))
    # An old letter may be opened again after everything was ended.
    is_done = request.method == "POST" and bool(wishes)
    if is_done:
        subscribing.confirm(subscriber)
    context = {"wishes": wishes, "is_done": is_done}
    return render(request, "newsletter/confirm.html", context | _about(subscriber))


# RFC 8058: mail programs send the form by themselves, with neither cookie nor token.
@csrf_exempt
@private_page
@get_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End what a letter came for, or everything; once ended, it stays so however often asked."""
    claim = _claim(Purpose.UNSUBSCRIBE, token)
    subscriber = claim.subscriber
    everything = not claim.subscriptions or request.POST.get("scope") == "all"
    wishes = list(subscribing.confirmed(subscriber).filter(pk__in=claim.subscriptions))
    if request.method == "POST" and everything:
        subscribing.leave(subscriber, mailing_id=claim.mailing_id)
    elif request.method == "POST":
        subscribing.end(subscriber, claim.subscriptions, mailing_id=claim.mailing_id)
    context = {"wishes": wishes, "everything": everything, "is_done": request.method == "POST"}
    return render(request, "newsletter/unsubscribe.html", context | _about(subscriber))


@private_page
@get_or_post
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """List what somebody gets, each with a way to change and to end it."""
    subscriber = _claim(Purpose.MANAGE, token).subscriber
    if request.method == "POST":
        _manage(request, subscriber)
        return SeeOther(request.path)
    wishes = list(subscribing.confirmed(subscriber))
    return render(request, "newsletter/manage.html", {"wishes": wishes} | _about(subscriber))


def _manage(request: HttpRequest, subscriber: Subscriber) -> None:
    if "leave" in request.POST:
        subscribing.leave(subscriber)
    for frequency in Frequency:
        if pk := whole_number(request.POST.get(frequency.value, "")):
            subscribing.change(subscriber, pk, frequency)
    if pk := whole_number(request.POST.get("end", "")):
        subscribing.end(subscriber, [pk])


def _claim(purpose: Purpose, token: str) -> Claim:
    claim = tokens.read(purpose, token)
    if claim is None:
        raise Http404("The link was not made here, or what it led to is gone.")
    return claim


def _about(subscriber: Subscriber) -> dict[str, object]:
    manage_url = reverse(
        "articles:newsletter_manage", args=[tokens.issue(Purpose.MANAGE, subscriber)]
    )
    return {"subscriber": subscriber, "manage_url": manage_url}


def _form_page(request: HttpRequest, form: SubscribeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "was_asked": request.method == "GET" and "asked" in request.GET,
        "kept_days": subscribing.FORGET_UNCONFIRMED_AFTER.days,
    }
    return render(request, "newsletter/subscribe.html", context, status=status)
