from django import template

from accounts.providers import name_of

register = template.Library()

register.filter("provider_name", name_of)
