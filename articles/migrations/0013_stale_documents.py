from django.db import migrations, models


def drop_index_of_versions(apps, schema_editor):
    """Drop it here: Django would alter the table, and SQLite lose its triggers."""
    document = apps.get_model("articles", "SearchDocument")
    names = schema_editor._constraint_names(
        document, ["version"], index=True, unique=False, exclude={"articles_search_stale"}
    )
    for name in names:
        schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_search"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(drop_index_of_versions, migrations.RunPython.noop),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="searchdocument",
                    name="version",
                    field=models.PositiveIntegerField(default=0),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="searchdocument",
            index=models.Index(
                condition=models.Q(("version", 0)),
                fields=["article"],
                name="articles_search_stale",
            ),
        ),
    ]
