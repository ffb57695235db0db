"""What an operator is told when a backup cannot be made or used."""


class BackupError(Exception):
    """Why nothing was written, or nothing restored, in a sentence for operators."""
