from django.db import migrations, models

from comments.large_tables import AddIndexBesideWriters


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("comments", "9001_later_column")]

    operations = [
        AddIndexBesideWriters(
            "comment", models.Index(fields=("later", "created_at"), name="comments_later")
        ),
    ]
