"""Search in Korean: by morphemes, on either database, with the same results."""
