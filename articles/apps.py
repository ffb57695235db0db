from django.apps import AppConfig


class ArticlesConfig(AppConfig):
    name = "articles"
    verbose_name = "지면"

    def ready(self) -> None:
        # Models can be imported only now.
        from articles import noted_models  # noqa: PLC0415

        noted_models.connect()
