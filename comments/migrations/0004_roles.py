from django.contrib.auth.management import create_permissions
from django.db import migrations

from comments.roles import make_roles


def add_roles(apps, schema_editor):
    """Give the desk its roles; `make_roles` adds permissions that come later.

    On a new database Django makes permissions only after the last migration.
    """
    for app_config in apps.get_app_configs():
        app_config.models_module = True
        create_permissions(app_config, verbosity=0, using=schema_editor.connection.alias, apps=apps)
        app_config.models_module = None
    make_roles(apps.get_model("auth", "Group"), apps.get_model("auth", "Permission"))


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_first_values"),
        ("accounts", "0003_sessions"),
        ("articles", "0003_desk_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
