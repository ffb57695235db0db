from django.db import migrations, models
from django.db.models.functions import Greatest


class Migration(migrations.Migration):
    dependencies = [("articles", "0017_growth")]

    operations = [
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.Func(
                    models.F("id"),
                    output_field=models.IntegerField(),
                    template="(%(expressions)s / 1000)",
                ),
                Greatest("updated_at", "published_at"),
                name="articles_changed_in_part",
            ),
        ),
    ]
