"""Questions to the database whose SQL is made once per process (docs/decisions/0052)."""
