from django.db import migrations, models


def vouch_for_existing_accounts(apps, schema_editor):
    """Accounts from before there was a sign-in page were all made by somebody of the house."""
    User = apps.get_model("accounts", "User")
    EmailAddress = apps.get_model("account", "EmailAddress")
    for user in User.objects.order_by("pk"):
        EmailAddress.objects.update_or_create(
            user=user, email=user.email.lower(), defaults={"verified": True, "primary": True}
        )


class Migration(migrations.Migration):
    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("accounts", "0001_initial"),
    ]

    operations = [
        migrations.AlterField(
            model_name="user",
            name="display_name",
            field=models.CharField(
                blank=True,
                help_text="댓글과 편집실에 보이는 이름입니다.",
                max_length=100,
                verbose_name="표시 이름",
            ),
        ),
        migrations.RunPython(vouch_for_existing_accounts, migrations.RunPython.noop),
    ]
