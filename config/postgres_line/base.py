"""Django's PostgreSQL, but a kept connection is looked at before a request instead of being asked (docs/adr/0032)."""

import select

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Between two requests a server has nothing to say: what lies on the line is its good-bye, or the end of the line."""

    def is_usable(self):
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0) or super().is_usable()
