"""글 가져오기: uploading, watching it being read, reviewing, and watching it being stored.

Every step takes a few seconds and can be asked for by a button. A script presses it; whoever
closes the page comes back to where it stopped.
"""

from __future__ import annotations

import logging
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_http_methods

from articles.admin.desk import desk_page
from articles.admin.import_cells import FIELDS, line_of
from articles.admin.import_forms import StartForm
from articles.admin.import_result import remainder_of, result_of
from articles.admin.import_uploads import LimitedUpload
from articles.admin.wording import short_moment
from articles.importing.documents import ImportFailure
from articles.intake.import_files import (
    MAX_BYTES,
    MAX_FILES,
    PICTURE_SUFFIXES,
    SUFFIXES,
    discard,
    purge,
    take,
)
from articles.intake.import_powers import Powers
from articles.intake.import_reading import read_on
from articles.intake.import_rows import Folders, judge
from articles.intake.import_storing import begin, report_of, store_on
from articles.intake.turns import AnotherImportRunning
from articles.models import ImportBatch, ImportRow, ImportState, RowAction
from articles.models.import_batch import KEPT_FOR
from articles.publishing import MIN_REASON
from articles.responses import SeeOther
from articles.text import one_line, whole_number

logger = logging.getLogger(__name__)

FOLDER = "admin/articles/import"
SECONDS_A_STEP = 5.0
SHOWN = 50
MAX_REASON = 1000
MEGABYTES = MAX_BYTES // 1_000_000
TOO_LARGE = (
    f"{{}}: 한 번에 모두 {MEGABYTES}MB까지 올릴 수 있어 받지 않았습니다. 나누어 올려 주세요."
)
TOO_MANY = f"한 번에 파일 {MAX_FILES}개까지 올릴 수 있습니다. 많으면 zip 하나로 묶어 주세요."
NO_ROOM = (
    "서버에 파일을 적어 둘 수 없어 받지 못했습니다. 디스크가 찼을 수 있으니 서버를 맡은 분에게"
    " 알려 주세요."
)
NONE_CHOSEN = "올릴 파일을 골라 주세요."
BUSY = "다른 가져오기가 진행 중입니다. 그것이 끝나면 이어집니다. 지금까지 한 것은 그대로 있습니다."
FILTERS = {
    "": "모두",
    "problems": "확인할 것 있음",
    "pictures": "그림 못 찾음",
    "guesses": "추정 있음",
    "edited": "편집실에서 고친 글",
    "left": "뺀 글",
}


def urls(admin: Any) -> list[URLPattern]:
    @csrf_exempt  # The token is asked for below, when it is settled how much may come in.
    @require_http_methods(["GET", "HEAD", "POST"])
    def start(request: HttpRequest) -> HttpResponse:
        allow(admin, request)
        return _start(admin, request)

    @require_http_methods(["GET", "HEAD", "POST"])
    def upload(request: HttpRequest, batch: int) -> HttpResponse:
        found = batch_of(admin, request, batch)
        return _act(request, found) if request.method == "POST" else _page(request, found)

    @require_GET
    def report(request: HttpRequest, batch: int) -> HttpResponse:
        found = batch_of(admin, request, batch)
        response = JsonResponse(
            report_of(found), json_dumps_params={"ensure_ascii": False, "indent": 2}
        )
        name = escape_uri_path(f"import-{found.pk}.json")
        response["Content-Disposition"] = f'attachment; filename="{name}"'
        return response

    view = admin.admin_site.admin_view
    return [
        path("import/", view(start), name="articles_article_import"),
        path("import/<int:batch>/", view(upload), name="articles_article_import_batch"),
        path("import/<int:batch>/report/", view(report), name="articles_article_import_report"),
    ]


def allow(admin: Any, request: HttpRequest) -> None:
    """Refuse with 403 whoever may not write articles."""
    if not admin.has_add_permission(request):
        raise PermissionDenied


def batch_of(admin: Any, request: HttpRequest, pk: int) -> ImportBatch:
    """Return an upload of this colleague's own; that of anybody else is not there."""
    allow(admin, request)
    batch = ImportBatch.objects.of(request.user).select_related("made_by").filter(pk=pk).first()
    if batch is None:
        raise Http404("There is no such upload.")
    return batch


def batch_url(batch: ImportBatch) -> str:
    return reverse("admin:articles_article_import_batch", args=[batch.pk])


def show(
    request: HttpRequest, template: str, title: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    frame = desk_page(request, title)
    return TemplateResponse(request, f"{FOLDER}/{template}", {**frame, **context}, status=status)


# Uploading


def _start(admin: Any, request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _start_page(request, StartForm(request.user))
    handler = LimitedUpload(request)
    request.upload_handlers = [handler]
    try:
        request.POST.get("csrfmiddlewaretoken")
    except TooManyFilesSent:
        return _start_page(request, StartForm(request.user), faults=[TOO_MANY], status=413)
    except OSError as error:
        handler.drop()
        if isinstance(error, UnreadablePostError):
            # Whoever was sending it has gone.
            raise
        return _no_room(request, StartForm(request.user))

    @csrf_protect
    def receive(request: HttpRequest) -> HttpResponse:
        return _receive(request, [TOO_LARGE.format(one_line(name)) for name in handler.too_large])

    return receive(request)


def _receive(request: HttpRequest, faults: list[str]) -> HttpResponse:
    form = StartForm(request.user, request.POST)
    if not form.is_valid():
        return _start_page(request, form, faults=faults, status=422)
    uploads = request.FILES.getlist("files")
    try:
        batch, refusals = take(uploads, request.user, **form.options())
    except OSError:
        return _no_room(request, form)
    if batch is None:
        status = 413 if faults and not uploads else 422
        faults = [*faults, *refusals] or [NONE_CHOSEN]
        return _start_page(request, form, faults=faults, status=status)
    purge()
    # Said on every page of the upload: the first one is gone within a second.
    batch.touch(remainder={"refused": [*faults, *refusals]})
    return SeeOther(batch_url(batch))


def _no_room(request: HttpRequest, form: StartForm) -> HttpResponse:
    logger.exception("An upload could not be written to disk.")
    return _start_page(request, form, faults=[NO_ROOM], status=507)


def _start_page(
    request: HttpRequest, form: StartForm, *, faults: list[str] | None = None, status: int = 200
) -> HttpResponse:
    batches = [
        {"batch": batch, "url": batch_url(batch), "when": short_moment(batch.made_at)}
        for batch in ImportBatch.objects.of(request.user)[:10]
    ]
    return show(
        request,
        "start.html",
        "글 가져오기",
        status=status,
        form=form,
        faults=faults or [],
        batches=batches,
        megabytes=MEGABYTES,
        max_bytes=MAX_BYTES,
        max_files=MAX_FILES,
        accepted=",".join(sorted(SUFFIXES | PICTURE_SUFFIXES)),
        is_writer=not Powers.of(request.user).any_article,
        days=KEPT_FOR.days,
    )


# What the buttons do


def _act(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if "discard" in request.POST:
        discard(batch)
        messages.success(request, "올린 파일을 버렸습니다. 이미 들어온 글은 그대로 있습니다.")
        return SeeOther(reverse("admin:articles_article_import"))
    if "step" in request.POST:
        return _step(request, batch)
    if batch.state == ImportState.REVIEW:
        _keep_choices(request, batch)
        if "confirm" in request.POST:
            return _confirm(request, batch)
    return SeeOther(_again(request, batch))


def _step(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    try:
        if batch.state == ImportState.READING:
            read_on(batch, SECONDS_A_STEP)
        elif batch.state in (ImportState.STORING, ImportState.LINKING):
            store_on(batch, SECONDS_A_STEP)
    except AnotherImportRunning:
        return _progress(request, batch, status=409, busy=BUSY)
    return SeeOther(batch_url(batch))


def _again(request: HttpRequest, batch: ImportBatch) -> str:
    query = one_line(request.POST.get("query", ""))[:200]
    return f"{batch_url(batch)}?{query}" if query else batch_url(batch)


def _keep_choices(request: HttpRequest, batch: ImportBatch) -> None:
    """Keep which of the rows on the page are taken, and which overwrite the desk's."""
    posted = request.POST
    if "leave_all" in posted or "take_all" in posted:
        _filtered(batch, posted.get("show", "")).update(is_included="take_all" in posted)
        return
    shown = _numbers(posted.getlist("row"))
    rows = batch.rows.filter(number__in=shown)
    taken = _numbers(posted.getlist("take"))
    rows.filter(number__in=taken).update(is_included=True)
    rows.exclude(number__in=taken).update(is_included=False)
    _keep_overwriting(batch, rows.exclude(edited=[]), set(_numbers(posted.getlist("overwrite"))))


def _keep_overwriting(batch: ImportBatch, rows: Any, chosen: set[int]) -> None:
    """Keep which rows overwrite the desk's, and judge anew what that means to readers."""
    powers, folders = Powers.of(batch.made_by), Folders(batch)
    for row in rows:
        if (row.number in chosen) == row.overwrites:
            continue
        row.overwrites = row.number in chosen
        try:
            judge(row, batch, folders.source_of(row), powers)
        except ImportFailure as failure:
            row.problem = str(failure)
        row.save()


def _numbers(written: list[str]) -> list[int]:
    return [number for text in written[: 4 * SHOWN] if (number := whole_number(text)) is not None]


def _confirm(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    reason = one_line(request.POST.get("reason", ""))[:MAX_REASON]
    if _needs_reason(batch) and len(reason) < MIN_REASON:
        fault = f"점검하지 않고 발행하는 까닭을 {MIN_REASON}자 이상 적어 주세요."
        return _review(request, batch, status=422, fault=fault)
    if not batch.rows.waiting().exists():
        return _review(request, batch, status=422, fault="가져올 글을 하나라도 골라 주세요.")
    begin(batch, reason)
    return SeeOther(batch_url(batch))


def _needs_reason(batch: ImportBatch) -> bool:
    return batch.rows.waiting().filter(is_shown=True).exists()


# What is shown


def _page(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if batch.state == ImportState.REVIEW:
        return _review(request, batch)
    return _result(request, batch) if batch.is_over else _progress(request, batch)


def _progress(
    request: HttpRequest, batch: ImportBatch, *, status: int = 200, busy: str = ""
) -> HttpResponse:
    rows = batch.rows
    is_reading = batch.state == ImportState.READING
    cursor = batch.cursor
    done = rows.count() if is_reading else rows.exclude(outcome="").count()
    if is_reading:
        # Of one file it is known how many documents it has; an export says it at its end.
        total = cursor.get("sources", 0) if len(batch.files) == 1 else 0
    else:
        total = done + rows.waiting().count()
    return show(
        request,
        "progress.html",
        "글 가져오기",
        status=status,
        batch=batch,
        refused=batch.remainder.get("refused", []),
        busy=busy,
        done=done,
        total=total if total > 1 and total >= done else 0,
        is_reading=is_reading,
    )


def _filtered(batch: ImportBatch, name: str) -> Any:
    rows = ImportRow.objects.filter(batch=batch)
    ways = {
        "problems": rows.with_problems(),
        "pictures": rows.filter(pictures_missing__gt=0),
        "guesses": rows.with_guesses(),
        "edited": rows.exclude(edited=[]),
        "left": rows.filter(is_included=False),
    }
    return ways.get(name, rows)


def _review(
    request: HttpRequest, batch: ImportBatch, *, status: int = 200, fault: str = ""
) -> HttpResponse:
    asked = request.GET if request.method != "POST" else request.POST
    name = asked.get("show", "")
    page = Paginator(_filtered(batch, name).for_list().order_by("number"), SHOWN).get_page(
        asked.get("page", "1")
    )
    filters = [
        {"name": key, "label": label, "count": _filtered(batch, key).count(), "is_on": key == name}
        for key, label in FILTERS.items()
    ]
    waiting = batch.rows.waiting()
    return show(
        request,
        "review.html",
        "가져올 글 살펴보기",
        status=status,
        batch=batch,
        refused=batch.remainder.get("refused", []),
        fault=fault,
        page=page,
        lines=[line_of(row, batch) for row in page],
        columns=FIELDS,
        filters=[each for each in filters if each["count"] or not each["name"]],
        show_name=name,
        query=f"show={name}&page={page.number}",
        taken=waiting.count(),
        failed=batch.rows.filter(action=RowAction.FAILED).count(),
        needs_reason=_needs_reason(batch),
        reason=request.POST.get("reason", ""),
        min_reason=MIN_REASON,
        remainder=remainder_of(batch),
        gone_on=timezone.localtime(batch.touched_at + KEPT_FOR),
    )


def _result(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    said = result_of(batch, Powers.of(request.user), request.GET.get("page", "1"))
    return show(request, "result.html", "가져오기를 마쳤습니다", batch=batch, **said)
