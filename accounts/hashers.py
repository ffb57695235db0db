"""Password hashing sized for two cores: 45 ms for an account, 10 ms for one guest's comment."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's minimum: 19 MiB, two passes, one lane.

    Django's default takes 100 MiB and eight lanes a hash, so that a handful of guests
    posting at once would exhaust a small server's memory.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1


class CommentArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id for what protects one comment of a guest and no account (decision 0052).

    A hash carries its own costs, so that the hasher of accounts verifies these too.
    """

    time_cost = 1
    memory_cost = 12 * 1024
    parallelism = 1
