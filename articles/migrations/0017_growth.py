from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0016_page_changes")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                condition=models.Q(("series__isnull", False)),
                fields=["-published_at", "-id", "series"],
                name="articles_newest_episodes",
            ),
        ),
    ]
