"""The moderators' words, many at once, and the field that says which rules a text runs into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods
from unfold.contrib.filters.admin import ChoicesDropdownFilter

from articles.admin.desk import DeskAdmin
from comments.admin.forms import TrialForm, WordListForm, WordRuleForm
from comments.admin.queue_page import desk_context
from comments.marking import marked
from comments.models import CommentSettings, WordRule
from comments.moderation.facts import Facts
from comments.moderation.findings import Judgement, Verdict
from comments.moderation.judgement import HOLD_SCORE, PROOF_SCORE, SPAM_SCORE, judge
from comments.rendering import render_body
from comments.text import TextError, cleaned_body, cleaned_name
from comments.word_rules import found_words

# Somebody who reads before writing, so that the form itself weighs nothing.
_UNHURRIED = 60
_VERDICTS = {
    Verdict.PUBLISH: "바로 공개됩니다.",
    Verdict.PROVE: "작업 증명을 거쳐 공개됩니다. 스크립트가 꺼진 독자라면 승인을 기다립니다.",
    Verdict.HOLD: "승인을 기다립니다.",
    Verdict.SPAM: "스팸함으로 갑니다.",
}
_DECIDES = {Verdict.HOLD: "승인 대기로 정함", Verdict.SPAM: "스팸으로 정함"}


@admin.register(WordRule)
class WordRuleAdmin(DeskAdmin):
    form = WordRuleForm
    list_display = ("pattern", "target", "effect", "category", "exceptions_in_line", "is_enabled")
    list_filter = (
        ("target", ChoicesDropdownFilter),
        ("effect", ChoicesDropdownFilter),
        "category",
        "is_enabled",
    )
    list_filter_submit = True
    list_per_page = 100
    list_before_template = "admin/comments/_word_tools.html"
    search_fields = ("pattern", "exceptions", "category")
    ordering = ("target", "pattern")
    search_help_text = "낱말, 예외, 갈래에서 찾기"

    class Media:
        css = {"all": ("comments/desk.css",)}

    def get_urls(self) -> list[URLPattern]:
        guarded = self.admin_site.admin_view
        return [
            path("try/", guarded(try_rules), name="comments_wordrule_try"),
            path("import/", guarded(import_words), name="comments_wordrule_import"),
            *super().get_urls(),
        ]

    @admin.display(description="예외")
    def exceptions_in_line(self, rule: WordRule) -> str:
        return ", ".join(rule.exception_list)


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("comments.view_wordrule", raise_exception=True)
def try_rules(request: HttpRequest) -> HttpResponse:
    """어느 규칙에 걸리나: judge a text as a stranger's first comment. Nothing is stored."""
    form = TrialForm(request.POST or None)
    context = desk_context(request, "어느 규칙에 걸리나") | {
        "form": form,
        "scores": {"proof": PROOF_SCORE, "hold": HOLD_SCORE, "spam": SPAM_SCORE},
    }
    if request.method == "POST" and form.is_valid():
        try:
            body = cleaned_body(form.cleaned_data["body"])
            name = cleaned_name(form.cleaned_data["name"]) if form.cleaned_data["name"] else ""
        except TextError as error:
            form.add_error(None, f"이 글은 규칙을 보기 전에 거절됩니다. {error}")
        else:
            judgement = judgement_of_stranger(body, name, form.cleaned_data["mode"])
            context |= _explained(judgement, body)
    return render(
        request, "admin/comments/try_rules.html", context, status=422 if form.errors else 200
    )


def judgement_of_stranger(body: str, name: str, mode: str) -> Judgement:
    """Judge as the site would, if somebody unknown took their time and sent this."""
    return judge(
        Facts(
            mode=mode or CommentSettings.current().mode or settings.COMMENT_MODERATION,
            body=body,
            name=name,
            form_age=_UNHURRIED,
            words=found_words(body=body, name=name),
            can_prove=True,
        )
    )


def _explained(judgement: Judgement, body: str) -> dict[str, Any]:
    found = [finding.found for finding in judgement.findings]
    return {
        "judgement": judgement,
        "conclusion": _VERDICTS[judgement.verdict],
        "findings": [
            {"finding": finding, "decides": _DECIDES.get(finding.verdict, "")}
            for finding in judgement.findings
        ],
        "html": marked(render_body(body), found),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("comments.add_wordrule", raise_exception=True)
def import_words(request: HttpRequest) -> HttpResponse:
    """Take many words at once; those that cannot be taken stay in the form, each with a reason."""
    form = WordListForm(request.POST or None)
    context = desk_context(request, "낱말 한꺼번에 넣기")
    if request.method == "POST" and form.is_valid():
        taken, refused = store_words(form.cleaned_data["lines"], form.cleaned_data)
        if taken:
            messages.success(request, f"낱말 {taken}개를 넣었습니다.")
        if not refused:
            return redirect("admin:comments_wordrule_changelist")
        remaining = "\n".join(line for line, _ in refused)
        form = WordListForm(initial=form.cleaned_data | {"lines": remaining})
        context["refused"] = refused
    status = 422 if form.errors or "refused" in context else 200
    return render(
        request, "admin/comments/import_words.html", context | {"form": form}, status=status
    )


def store_words(lines: Iterable[str], choices: dict[str, Any]) -> tuple[int, list[tuple[str, str]]]:
    """Make a rule of each line; return how many, and the lines refused with the reasons."""
    taken, refused = 0, []
    common = {name: choices[name] for name in ("target", "effect", "category")}
    with transaction.atomic():
        for line in lines:
            pattern, _, exceptions = line.partition("=")
            data = {"pattern": pattern, "exceptions": exceptions.replace(",", "\n")}
            form = WordRuleForm(common | data | {"is_enabled": True})
            if form.is_valid():
                form.save()
                taken += 1
            else:
                refused.append((line, " ".join(map(str, form.errors["pattern"]))))
    return taken, refused
