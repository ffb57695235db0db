from django.db import migrations

from comments.role_migrations import add_roles


class Migration(migrations.Migration):
    """Give the roles what has come to the desk since."""

    dependencies = [
        ("comments", "0004_roles"),
        ("articles", "0008_copies"),
    ]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
