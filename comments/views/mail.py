"""The pages behind the links in mails, and the one on which an article is followed.

GET changes nothing: mail programs and their scanners open every link.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from articles.caching import private_page
from articles.mail_tokens import Purpose
from articles.models import HEAVY_FIELDS, Article
from articles.responses import SeeOther, get_or_post, retry_after
from comments.discussions import discussed_articles
from comments.forms import PRIMARY_KEY, FollowForm
from comments.limits import FOLLOWING
from comments.mail import follows, tokens
from comments.mail.follows import TooManyConfirmationsError
from comments.mail.tokens import Claim
from comments.models import Follow, Recipient
from comments.readers import Reader, reader_of
from comments.submission import BannedError, refuse_banned
from comments.views.answers import discussion_url, refuse, remembered


@private_page
@get_or_post
def follow(request: HttpRequest, slug: str) -> HttpResponse:
    """Let somebody be told of an article's new comments without writing one."""
    article = get_object_or_404(discussed_articles(), slug=slug)
    reader = reader_of(request)
    form = FollowForm(request.POST if request.method == "POST" else None, account=reader.account)
    if request.method != "POST":
        return _follow_page(request, article, form, reader)
    if not form.is_valid():
        return _follow_page(request, article, form, reader, status=422)
    seconds = FOLLOWING.hit(reader.network)
    try:
        refuse_banned(reader)
        if not seconds:
            follows.follow_article(article, reader=reader, email=form.cleaned_data.get("email", ""))
    except BannedError as refusal:
        return refuse(request, article, refusal.message)
    except TooManyConfirmationsError as refusal:
        seconds = refusal.seconds
    if seconds:
        form.add_error(None, f"너무 여러 번 청하셨습니다. {seconds}초 뒤에 다시 해 주세요.")
        page = _follow_page(request, article, form, reader, status=429)
        return retry_after(seconds, page)
    # The same answer for every guest: nobody is told whose addresses are known here.
    notice = "following" if reader.account is not None else "asked"
    return remembered(SeeOther(discussion_url(article, notice=notice)), reader)


@private_page
@get_or_post
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Let the owner of an address see what was asked for in its name, and agree to it."""
    recipient = _claim(Purpose.CONFIRM, token).recipient
    wishes = list(_listed(follows.unconfirmed(recipient)))
    if request.method == "POST":
        follows.confirm(recipient)
    context = {
        "recipient": recipient,
        "wishes": wishes,
        "is_done": request.method == "POST",
        "manage_url": _manage_url(recipient),
    }
    return render(request, "comments/mail_confirm.html", context)


# RFC 8058: mail programs send the form by themselves, with neither cookie nor token.
@csrf_exempt
@private_page
@get_or_post
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """End what the link is about, or everything. Once ended, it stays so however often asked."""
    claim = _claim(Purpose.UNSUBSCRIBE, token)
    recipient, follow_id = claim.recipient, claim.follow_id
    everything = follow_id is None or request.POST.get("scope") == "all"
    named = Follow.objects.filter(recipient=recipient, pk=follow_id or 0)
    wishes = list(_listed(named))
    if request.method == "POST":
        if everything or follow_id is None:
            follows.unfollow_all(recipient)
        else:
            follows.unfollow(recipient, follow_id)
    context = {
        "recipient": recipient,
        "wishes": wishes,
        "everything": everything,
        "is_done": request.method == "POST",
        "manage_url": _manage_url(recipient),
    }
    return render(request, "comments/mail_unsubscribe.html", context)


@private_page
@get_or_post
def manage(request: HttpRequest, token: str) -> HttpResponse:
    """List what a recipient follows, each with a way out of it."""
    recipient = _claim(Purpose.MANAGE, token).recipient
    if request.method == "POST":
        chosen = request.POST.get("follow", "")
        if chosen == "all":
            follows.unfollow_all(recipient)
        elif PRIMARY_KEY.fullmatch(chosen):
            follows.unfollow(recipient, min(int(chosen), 2**63 - 1))
        return SeeOther(request.path)
    wishes = _listed(Follow.objects.filter(recipient=recipient, confirmed_at__isnull=False))
    context = {"recipient": recipient, "wishes": wishes}
    return render(request, "comments/mail_manage.html", context)


def _claim(purpose: Purpose, token: str) -> Claim:
    claim = tokens.read(purpose, token)
    if claim is None:
        raise Http404("The link was not made here, or what it led to is gone.")
    return claim


def _listed(wishes: QuerySet[Follow]) -> QuerySet[Follow]:
    """Load with each follow its article, for those that readers can see."""
    text = (f"article__{name}" for name in HEAVY_FIELDS)
    visible = wishes.filter(article__in=Article.objects.published())
    return visible.select_related("article").defer(*text)


def _manage_url(recipient: Recipient) -> str:
    return reverse("comments:manage_mail", args=[tokens.issue(Purpose.MANAGE, recipient)])


def _follow_page(
    request: HttpRequest, article: Article, form: FollowForm, reader: Reader, *, status: int = 200
) -> HttpResponse:
    context = {"article": article, "form": form, "account": reader.account}
    return render(request, "comments/follow.html", context, status=status)
