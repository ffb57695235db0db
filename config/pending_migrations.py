"""What a database lacks of this program's migrations."""

from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def pending_migrations(alias: str) -> list[str]:
    """Return the migrations that are still to run, as "app.name", in their order."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]
