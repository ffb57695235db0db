"""Django's PostgreSQL for readers who do not wait for a server that has gone silent."""
