from django.db import migrations, models

from tests.faults.later_migrations import LATEST


class Migration(migrations.Migration):
    dependencies = [("comments", LATEST)]

    operations = [
        migrations.AddField(
            "comment", "later", models.SmallIntegerField(null=True, db_default=models.Value(0))
        ),
    ]
