"""The whole site in one file, and back: database and media (docs/backups.md)."""
