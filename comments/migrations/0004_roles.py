from django.db import migrations

from comments.role_migrations import add_roles


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0003_first_values"),
        ("accounts", "0003_sessions"),
        ("articles", "0003_desk_permissions"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(add_roles, migrations.RunPython.noop)]
