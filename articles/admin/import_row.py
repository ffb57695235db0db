"""One document of an upload: corrected in a form, and seen as readers would see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_GET, require_http_methods

from articles.admin.differences import Difference
from articles.admin.import_cells import line_of, named, text_of
from articles.admin.import_forms import RowForm
from articles.admin.import_pages import batch_of, batch_url, show
from articles.admin.import_words import in_korean
from articles.importing.documents import ImportedArticle, ImportFailure
from articles.importing.image_links import rewrite_image_references
from articles.importing.image_paths import is_of_site
from articles.intake.import_powers import Powers
from articles.intake.import_rows import Folders, corrected, desk_edits, judge
from articles.intake.overwriting import as_text
from articles.intake.pictures import is_web_address, pictures_in, read_picture
from articles.media import KINDS
from articles.models import (
    Article,
    Author,
    Category,
    Image,
    ImportBatch,
    ImportRow,
    ImportState,
    RowAction,
    Series,
)
from articles.pictures import PictureError, cleaned_picture, size_of
from articles.rendering import KnownImage, RenderingError, image_references
from articles.rendering import render as render_body
from articles.responses import SeeOther
from articles.text_diff import compare, excerpt

_MOST_NAMES = 300
LEFT_OUT = "가져오지 않음"


def urls(admin: Any) -> list[URLPattern]:
    @require_http_methods(["GET", "HEAD", "POST"])
    def document(request: HttpRequest, batch: int, number: int) -> HttpResponse:
        row = _found(batch_of(admin, request, batch), number)
        if row.batch.state != ImportState.REVIEW:
            # A form that comes too late changes nothing.
            return SeeOther(_url(row)) if request.method == "POST" else _record(request, row)
        return _save(request, row) if request.method == "POST" else _page(request, row)

    @require_GET
    def preview(request: HttpRequest, batch: int, number: int) -> HttpResponse:
        return _preview(request, _row_of(batch_of(admin, request, batch), number))

    @require_GET
    def picture(request: HttpRequest, batch: int, number: int, index: int) -> HttpResponse:
        return _picture(_row_of(batch_of(admin, request, batch), number), index)

    view = admin.admin_site.admin_view
    one = "import/<int:batch>/<int:number>/"
    name = "articles_article_import_row"
    return [
        path(one, view(document), name=name),
        path(f"{one}preview/", view(preview), name=f"{name}_preview"),
        path(f"{one}picture/<int:index>/", view(picture), name=f"{name}_picture"),
    ]


def _found(batch: ImportBatch, number: int) -> ImportRow:
    """Return a document that could be read at all."""
    row = batch.rows.select_related("batch__made_by", "article").filter(number=number).first()
    if row is None or not row.digest or batch.state == ImportState.READING:
        raise Http404("There is no such document.")
    return row


def _row_of(batch: ImportBatch, number: int) -> ImportRow:
    """Return a document that is still under review."""
    row = _found(batch, number)
    if batch.state != ImportState.REVIEW:
        raise Http404("The document is reviewed already.")
    return row


def _record(request: HttpRequest, row: ImportRow) -> HttpResponse:
    """Show what was found in a document whose review is over, and what became of it."""
    line = line_of(row, row.batch)
    return show(
        request,
        "record.html",
        row.title or line.label,
        row=row,
        line=line,
        deed=RowAction(row.outcome).label if row.outcome else LEFT_OUT,
        records=list(map(in_korean, row.warnings)),
        back_url=batch_url(row.batch),
    )


def _save(request: HttpRequest, row: ImportRow) -> HttpResponse:
    powers = Powers.of(request.user)
    form = RowForm(row, powers, request.POST)
    if not form.is_valid():
        return _page(request, row, form=form, status=422)
    row.corrections = form.corrections()
    row.is_included = form.cleaned_data["is_included"]
    row.overwrites = form.cleaned_data.get("overwrites", False)
    try:
        judge(row, row.batch, Folders(row.batch).source_of(row), powers)
    except ImportFailure as failure:
        row.problem = str(failure)
    row.save()
    messages.success(request, f"고친 것을 적어 두었습니다: {row.title}")
    after = row.batch.rows.exclude(digest="").filter(number__gt=row.number).order_by("number")
    if "_next" in request.POST and (following := after.defer("body").first()):
        return SeeOther(_url(following))
    return SeeOther(batch_url(row.batch) if "_back" in request.POST else _url(row))


def _url(row: ImportRow, page: str = "", *arguments: int) -> str:
    name = "admin:articles_article_import_row" + (f"_{page}" if page else "")
    return reverse(name, args=[row.batch_id, row.number, *arguments])


def _page(
    request: HttpRequest, row: ImportRow, *, form: RowForm | None = None, status: int = 200
) -> HttpResponse:
    powers = Powers.of(request.user)
    form = form or RowForm(row, powers)
    line = line_of(row, row.batch)
    cells = line.cells | {f"summary_{number}": line.cells["summary"] for number in (1, 2, 3)}
    fields = [
        {
            "field": field,
            "cell": cells.get(field.name),
            "was": _source_says(row, field.name),
        }
        for field in form
    ]
    return show(
        request,
        "document.html",
        row.title or row.label,
        status=status,
        batch=row.batch,
        row=row,
        line=line,
        fields=fields,
        problem=line.problem,
        records=list(map(in_korean, row.warnings)),
        edits=_edits(row, powers),
        preview_url=_url(row, "preview"),
        back_url=batch_url(row.batch),
        names={
            "authors": Author.objects.order_by("name")[:_MOST_NAMES],
            "category": Category.objects.order_by("name")[:_MOST_NAMES],
            "series": Series.objects.order_by("title")[:_MOST_NAMES],
        },
    )


def _edits(row: ImportRow, powers: Powers) -> list[Difference]:
    """Return what the desk has, and what the source would put in its place."""
    try:
        source = Folders(row.batch).source_of(row)
        edits = desk_edits(row, row.batch, source, powers) if row.edited else None
    except ImportFailure:
        return []
    return [
        Difference(named(name), excerpt(compare(as_text(here), as_text(there))))
        for name, (here, there) in (edits.fields.items() if edits else ())
    ]


def _source_says(row: ImportRow, name: str) -> str:
    """Return what the source says of a field that was corrected."""
    field = "summary" if name.startswith("summary_") else name
    if field not in row.corrections or field == "status":
        return ""
    return text_of(field, row.found.get(field)) or "없음"


def _preview(request: HttpRequest, row: ImportRow) -> HttpResponse:
    """Render the document as an article's page, with the pictures of the upload; nothing is kept."""
    document = corrected(row)
    pictures = _pictures(row, document)
    addresses = {reference: address for reference, (address, _) in pictures.items()}
    article = Article(
        title=document.title[:200],
        dek=document.dek,
        body=rewrite_image_references(document.body, addresses),
    )
    article.summary = document.summary
    context: dict[str, Any] = {"article": article, "row_url": _url(row)}
    context["missing"] = [
        image.reference
        for image in pictures_in(document)
        if image.reference not in pictures and _may_be_here(image.reference, document)
    ]
    context["lead"] = addresses.get(document.lead_image, "")
    context["lead_alt"] = document.lead_alt
    try:
        _render(article, dict(pictures.values()))
    except RenderingError as error:
        context["refusal"] = str(error)
    status = 422 if "refusal" in context else 200
    return render(request, "admin/articles/import/preview.html", context, status=status)


def _render(article: Article, uploaded: Mapping[str, KnownImage]) -> None:
    """Fill the rendered columns, with the pictures of the upload beside those of the library."""
    stored = Image.objects.at(image_references(article.body))
    known = {source: image.known_as(source) for source, image in stored.items()}
    rendition = render_body(
        article.body, images={**known, **uploaded}, site_hosts=settings.SITE_HOSTS
    )
    article.body_html, article.reading_minutes = rendition.html, rendition.reading_minutes
    article.toc = [asdict(entry) for entry in rendition.toc]


def _pictures(row: ImportRow, document: ImportedArticle) -> dict[str, tuple[str, KnownImage]]:
    """Return, by its reference, each picture that came along: where the desk shows it, its size."""
    source = Folders(row.batch).source_of(row)
    found = {}
    for index, image in enumerate(pictures_in(document)):
        if not _may_be_here(image.reference, document):
            continue
        try:
            size = size_of(read_picture(image.reference, document, source))
        except (ImportFailure, PictureError):
            continue
        found[image.reference] = (_url(row, "picture", index), KnownImage(*size))
    return found


def _may_be_here(reference: str, document: ImportedArticle) -> bool:
    return not is_web_address(reference) or is_of_site(reference, document.site)


def _picture(row: ImportRow, index: int) -> HttpResponse:
    """Show a picture made anew from its pixels, as it would be stored; never the file itself."""
    document = corrected(row)
    images = pictures_in(document)
    if index >= len(images) or not _may_be_here(images[index].reference, document):
        raise Http404("The document has no such picture.")
    try:
        data = read_picture(images[index].reference, document, Folders(row.batch).source_of(row))
        picture = cleaned_picture(data)
    except (ImportFailure, PictureError) as error:
        raise Http404("There is no such picture beside the document.") from error
    response = HttpResponse(picture.data, content_type=KINDS[picture.suffix])
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
