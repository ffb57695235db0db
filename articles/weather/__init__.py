"""The weather above the front page: fetched by a command, kept in the cache, never asked for."""
