"""Words that the search takes for one another."""

from django.contrib import admin

from articles.admin.desk import DeskAdmin
from articles.models import SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(DeskAdmin):
    list_display = ("words",)
    search_fields = ("words",)
    search_help_text = "동의어로 찾기"
    fields = ("words",)
