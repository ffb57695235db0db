from django.db import migrations

from comments.role_migrations import add_roles


class Migration(migrations.Migration):
    """Let editors say which words are the same to the search."""

    dependencies = [
        ("comments", "0005_roles_at_the_desk"),
        ("articles", "0012_search"),
    ]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
