"""What became of an upload, as its last page tells it."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse

from articles.admin.import_words import in_korean, label_in_korean
from articles.admin.state import State
from articles.intake.import_powers import UNPUBLISHED, Powers
from articles.intake.import_storing import counts_of
from articles.models import ImportBatch, ImportRow, RowAction, Status

SHOWN = 50


def remainder_of(batch: ImportBatch) -> list[str]:
    """Say in Korean what the upload holds that becomes no article."""
    left = batch.remainder.get("left_out", {})
    said = [f"{in_korean(kind)} {count}개" for kind, count in sorted(left.items())]
    if comments := batch.remainder.get("comments", 0):
        said.append(f"댓글 {comments}개 (서버를 맡은 분이 import_comments 명령으로 가져옵니다)")
    return said


def result_of(batch: ImportBatch, powers: Powers, page: str) -> dict[str, Any]:
    """Return the context of the page: counts, what failed and why, and what came in."""
    rows = ImportRow.objects.filter(batch=batch).for_list()
    counts = counts_of(batch)
    failed = rows.filter(problem__gt="").order_by("number")
    lost = [
        {"row": row, "label": label_in_korean(row.label), "problem": in_korean(row.problem)}
        for row in failed[:SHOWN]
    ]
    pages = Paginator(rows.exclude(outcome="").filter(problem="").order_by("number"), SHOWN)
    shown = pages.get_page(page)
    return {
        "refused": batch.remainder.get("refused", []),
        "counts": counts,
        "lost": lost,
        "lost_beyond": max(0, failed.count() - SHOWN),
        "page": shown,
        "lines": [
            {
                "row": row,
                "label": label_in_korean(row.label),
                "deed": RowAction(row.outcome).label,
                "warnings": list(map(in_korean, row.warnings)),
                "is_draft": row.article is not None and row.article.status in UNPUBLISHED,
            }
            for row in shown
        ],
        "drafts": rows.filter(outcome__gt="", article__status=Status.DRAFT).count(),
        "drafts_url": f"{reverse('admin:articles_article_changelist')}?state={State.DRAFT}",
        "may_publish": powers.may_publish,
        "remainder": remainder_of(batch),
    }
