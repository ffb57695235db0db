"""Telling caches in front which pages have changed (docs/decisions/0047). None needs to be told."""
