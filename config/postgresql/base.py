"""The database engine `config.postgresql`; Django looks for it under this name."""

from __future__ import annotations

from typing import Any

import psycopg
from django.db.backends.postgresql import base, operations

from config.outages import Outage
from config.postgresql.connections import AlertConnection


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        """Return what was executed; psycopg does not say it of a statement that is prepared."""
        return super().last_executed_query(cursor, sql, params) or sql


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own, that asks for no connection while another thread waits for one in vain."""

    ops_class = DatabaseOperations

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        outage = self._outage
        if outage is None:
            return super().get_new_connection(conn_params)
        if not outage.may_ask():
            raise psycopg.OperationalError("The server did not answer a moment ago.")
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            outage.begin()
            raise

    @property
    def _outage(self) -> Outage | None:
        """What is known of the server; nothing where connections are not pooled."""
        pool = self.settings_dict["OPTIONS"].get("pool")
        connection_class = pool.get("connection_class") if isinstance(pool, dict) else None
        if connection_class is None or not issubclass(connection_class, AlertConnection):
            return None
        return connection_class.outage
