import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from comments.large_tables import AddIndexBesideWriters


def drop_index_of_accounts(apps, schema_editor):
    """Drop it here: Django would have SQLite copy the whole table to alter the column."""
    comment = apps.get_model("comments", "Comment")
    names = schema_editor._constraint_names(
        comment, ["account_id"], index=True, unique=False, exclude={"comments_by_account"}
    )
    for name in names:
        schema_editor.execute(f"DROP INDEX {schema_editor.quote_name(name)}")


def make_index_of_accounts(apps, schema_editor):
    comment = apps.get_model("comments", "Comment")
    account = comment._meta.get_field("account")
    schema_editor.execute(schema_editor._create_index_sql(comment, fields=[account]))


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("articles", "0018_sitemap_parts"),
        ("comments", "0007_roles_and_newsletter"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="comment",
            name="comments_reported",
        ),
        migrations.RemoveIndex(
            model_name="comment",
            name="comments_by_name",
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunPython(drop_index_of_accounts, make_index_of_accounts),
            ],
            state_operations=[
                migrations.AlterField(
                    model_name="comment",
                    name="account",
                    field=models.ForeignKey(
                        blank=True,
                        db_index=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="comments",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="계정",
                    ),
                ),
            ],
        ),
        AddIndexBesideWriters(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("recommended_at__isnull", False)),
                fields=["-recommended_at", "-id"],
                name="comments_recommended_lately",
            ),
        ),
        AddIndexBesideWriters(
            model_name="comment",
            index=models.Index(
                condition=models.Q(("report_count__gt", 0), ("status", "visible")),
                fields=["-report_count", "-id"],
                name="comments_reported",
            ),
        ),
        AddIndexBesideWriters(
            model_name="comment",
            index=models.Index(fields=["account", "-created_at"], name="comments_by_account"),
        ),
        AddIndexBesideWriters(
            model_name="comment",
            index=models.Index(
                fields=["name", "browser_hash", "-created_at"], name="comments_by_name"
            ),
        ),
        AddIndexBesideWriters(
            model_name="comment",
            index=models.Index(
                condition=models.Q(
                    models.Q(("network_hash", ""), _negated=True),
                    models.Q(("network_prefix", ""), _negated=True),
                    _connector="OR",
                ),
                fields=["created_at"],
                name="comments_with_address",
            ),
        ),
    ]
