from django.db import migrations

from comments.default_words import default_rules

# What speaks of the writer rather than of wares is looked for in names too.
PERSONAL = {"욕설", "혐오"}


def add_words(apps, schema_editor):
    """Give a new site the words to begin with; editors change them as they like."""
    WordRule = apps.get_model("comments", "WordRule")
    WordRule.objects.bulk_create(
        WordRule(
            pattern=rule.pattern,
            target=target,
            exceptions="\n".join(rule.exceptions),
            category=rule.category,
        )
        for rule in default_rules()
        for target in (("body", "name") if rule.category in PERSONAL else ("body",))
    )


def name_removers(apps, schema_editor):
    """Say of what was taken from the readers before who took it; only two could."""
    Comment = apps.get_model("comments", "Comment")
    for status, remover in (("hidden", "moderator"), ("deleted", "author")):
        Comment.objects.filter(status=status, removed_by="").update(removed_by=remover)


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderation")]

    operations = [
        migrations.RunPython(add_words, migrations.RunPython.noop),
        migrations.RunPython(name_removers, migrations.RunPython.noop),
    ]
