"""What each role may do: model by model, in the words that Django's permissions are named by.

Here, because comments stand above articles and accounts and so may know the models of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from accounts.roles import Role

READ = ("view",)
WORK = ("view", "change")
OWN = ("view", "add", "change")
ALL = ("view", "add", "change", "delete")

# Beside what Django knows of every model: publishing, and changing what others wrote.
_ON_ARTICLES = {
    "articles.article": (*ALL, "publish", "change_any"),
    "articles.author": ALL,
    "articles.category": ALL,
    "articles.series": ALL,
    "articles.tag": ALL,
    "articles.image": ALL,
    "articles.redirect": ALL,
    "articles.deskevent": READ,
    "articles.brokenlink": READ,
    "articles.missingpage": ("view", "delete"),
    "articles.frontpage": WORK,
    "articles.mailing": WORK,
    "articles.synonymgroup": ALL,
}
_ON_COMMENTS = {
    "comments.comment": WORK,
    "comments.takedown": WORK,
    "comments.report": WORK,
    "comments.moderationevent": READ,
    "comments.moderatornote": ALL,
    "comments.wordrule": ALL,
    "comments.ban": ALL,
    "comments.discussionsettings": OWN,
    "comments.outgoingmail": WORK,
    "comments.recipient": READ,
}
_ON_THE_HOUSE = {
    "accounts.user": OWN,
    "auth.group": READ,
    "comments.commentsettings": OWN,
    "articles.sitesettings": OWN,
}
# What somebody writes is kept from readers by the desk until an editor publishes it.
_ON_DRAFTS = {
    "articles.article": OWN,
    "articles.image": OWN,
    "articles.author": READ,
    "articles.category": READ,
    "articles.series": READ,
    "articles.tag": READ,
}

POWERS: dict[Role, dict[str, tuple[str, ...]]] = {
    Role.WRITER: _ON_DRAFTS,
    Role.EDITOR: _ON_ARTICLES,
    Role.MODERATOR: _ON_COMMENTS,
    Role.ADMINISTRATOR: _ON_ARTICLES | _ON_COMMENTS | _ON_THE_HOUSE,
}


def permissions_of(role: Role) -> Iterator[tuple[str, str]]:
    """Yield the permissions of a role as (app, codename), such as ("articles", "add_article")."""
    for model, actions in POWERS[role].items():
        app, _, name = model.partition(".")
        for action in actions:
            yield app, f"{action}_{name}"


def make_roles(groups: Any, permissions: Any) -> list[str]:
    """Make each role's group and give it exactly its permissions.

    Takes the models, so that a migration can pass those of its own time. Returns the
    permissions that do not exist, because a model or one of its permissions is yet to come.
    """
    there = {
        (app, codename): pk
        for app, codename, pk in permissions.objects.values_list(
            "content_type__app_label", "codename", "pk"
        )
    }
    missing = []
    for role in Role:
        wanted = list(permissions_of(role))
        group, _ = groups.objects.get_or_create(name=role.value)
        group.permissions.set([there[label] for label in wanted if label in there])
        missing += [".".join(label) for label in wanted if label not in there]
    return sorted(set(missing))
