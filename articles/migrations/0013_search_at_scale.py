from django.db import migrations, models

# A phrase is judged by the text itself, and to unpack a text costs more than to find it. So the
# articles with its words are judged one after another, from the newest on, until enough are found.
PHRASES = """
CREATE FUNCTION articles_search_phrases(question tsquery, words tsquery, most integer)
RETURNS SETOF bigint
LANGUAGE sql STABLE ROWS 500
SET enable_seqscan = off SET enable_indexscan = off
AS $$
    SELECT article_id FROM (
        SELECT article_id, vector FROM articles_searchdocument
        WHERE vector @@ words ORDER BY article_id DESC OFFSET 0
    ) AS having_the_words
    WHERE vector @@ question LIMIT most
$$;
"""
FUNCTIONS = (
    "articles_search(tsquery, integer)",
    "articles_search_titles(tsquery, integer)",
    "articles_search_phrases(tsquery, tsquery, integer)",
)
# A second process costs more than it saves, and a bitmap must hold every row by itself.
SETTINGS = ("max_parallel_workers_per_gather = 0", "work_mem = '32MB'")


def search_phrases(apps, schema_editor):
    if schema_editor.connection.vendor != "postgresql":
        return
    schema_editor.execute(PHRASES, params=None)
    for function in FUNCTIONS:
        for setting in SETTINGS:
            schema_editor.execute(f"ALTER FUNCTION {function} SET {setting}")


def drop_phrases(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION articles_search_phrases")


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
        migrations.RunPython(search_phrases, drop_phrases),
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
