from django.db import migrations

from comments.role_migrations import add_roles


class Migration(migrations.Migration):
    """Let editors see and direct the newsletter."""

    dependencies = [
        ("comments", "0006_roles_and_synonyms"),
        ("articles", "0014_newsletter"),
    ]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
