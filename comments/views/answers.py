"""How the pages of a discussion answer: where to go next, and what could not be done."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from articles.models import Article
from articles.reader_forms import ReaderForm
from comments.discussions import discussed_articles
from comments.models import WAITING, Comment, Status
from comments.readers import Reader, reader_of, remember

NOTICES = {
    "held": "댓글을 받았습니다. 운영자가 승인한 뒤에 공개됩니다.",
    "deleted": "댓글을 지웠습니다.",
    "reported": "신고를 받았습니다. 이 댓글은 앞으로 접어서 보여 드립니다.",
    "following": "새 댓글이 달리면 메일로 알려 드립니다.",
    "asked": "메일함을 확인해 주세요. 처음 쓰시는 주소라면 확인 메일이 하루에 한 번까지 갑니다. "
    "메일의 링크를 열어 확인하시면 알림이 시작됩니다.",
    "blocked": "이분의 댓글을 앞으로 접어서 보여 드립니다.",
}
GONE = "이 댓글은 더는 보이지 않습니다."


def is_script(request: HttpRequest) -> bool:
    """Whether a script of our own sends the form, and will put the answer into its page."""
    return request.headers.get("X-Pildam") == "fragment"


def readable(request: HttpRequest, pk: int) -> Comment:
    """Return a comment that this reader sees, with article and root, or answer 404.

    Everybody sees the visible ones, and each author what waits of their own: only then it is
    asked who reads, so that the answer about a visible comment is the same for everybody.
    """
    open_to_some = Comment.objects.filter(status__in=(Status.VISIBLE, *WAITING))
    comments = open_to_some.filter(article__in=discussed_articles())
    comment = get_object_or_404(comments.with_article().select_related("root", "account"), pk=pk)
    if not comment.is_visible and not reader_of(request).wrote(comment):
        raise Http404("This comment waits for a moderator.")
    return comment


def refuse(request: HttpRequest, article: Article, message: str) -> HttpResponse:
    """Say what may not be done, and give back what was written."""
    if is_script(request):
        return JsonResponse({"message": message, "errors": {}}, status=403)
    context = {"article": article, "message": message, "body": request.POST.get("body", "")}
    return render(request, "comments/refused.html", context, status=403)


def form_errors(form: ReaderForm, status: int, **more: Any) -> JsonResponse:
    """Tell a script what is wrong with each field, "" standing for the form as a whole."""
    errors = {
        "" if name == "__all__" else name: [str(message) for message in messages]
        for name, messages in form.errors.items()
    }
    return JsonResponse({"errors": errors, **more}, status=status)


def discussion_url(article: Article, *, notice: str) -> str:
    return f"{reverse('comments:discussion', args=[article.slug])}?notice={notice}#notice"


def back_to(request: HttpRequest, comment: Comment, otherwise: str) -> str:
    """Return the page of the discussion that the reader came from, at the comment."""
    back = request.POST.get("back", "")
    path = reverse("comments:discussion", args=[comment.article.slug])
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    if is_ours and back.partition("?")[0] == path and len(back) < 500:
        return f"{back.partition('#')[0]}#{comment.anchor}"
    return otherwise


def remembered(response: HttpResponse, reader: Reader) -> HttpResponse:
    """Return the answer to somebody who did something, with the key that they did it by."""
    remember(response, reader)
    return response
