import selectors

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus


class DatabaseWrapper(base.DatabaseWrapper):
    """Before a page uses a kept connection (CONN_HEALTH_CHECKS), Django asks the server `SELECT 1` and waits for it.
    A server that restarted or ended the connection has closed its end, and that can be seen without asking."""

    def is_usable(self):
        if self.errors_occurred:
            return super().is_usable()
        if self.connection is None or self.connection.closed:
            return False
        if self.connection.info.transaction_status == TransactionStatus.INERROR:
            return False
        with selectors.DefaultSelector() as selector:
            selector.register(self.connection.fileno(), selectors.EVENT_READ)
            # Between two queries the server sends nothing but the end.
            return not selector.select(timeout=0)
