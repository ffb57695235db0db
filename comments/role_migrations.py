"""Making the roles from within a migration, with the models of its time."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.management import create_permissions

from comments.roles import make_roles


def add_roles(apps: Any, schema_editor: Any) -> None:
    """Give every role its permissions.

    On a new database Django makes permissions only after the last migration.
    """
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
        app_config.models_module = None
    make_roles(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))
