"""Password hashing sized for two cores: about 45 ms a hash instead of a tenth of a gigabyte."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class FrugalArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with OWASP's minimum: 19 MiB, two passes, one lane.

    Django's default takes 100 MiB and eight lanes a hash, so that a handful of guests
    posting at once would exhaust a small server's memory.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
