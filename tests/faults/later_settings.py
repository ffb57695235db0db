"""The settings of a later release, of which only migrations of `comments` are known."""

from config.settings import *  # noqa: F403

MIGRATION_MODULES = {"comments": "tests.faults.later_migrations"}
