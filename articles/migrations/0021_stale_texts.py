import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0020_search_from_the_newest"),
    ]

    operations = [
        migrations.CreateModel(
            name="StaleText",
            fields=[
                (
                    "article",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="stale_text",
                        serialize=False,
                        to="articles.article",
                    ),
                ),
            ],
            options={
                "verbose_name": "다시 색인할 글",
                "verbose_name_plural": "다시 색인할 글",
            },
        ),
        migrations.RemoveIndex(
            model_name="searchdocument",
            name="articles_search_stale",
        ),
    ]
