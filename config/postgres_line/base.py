"""Django's PostgreSQL, but a kept connection is looked at before a request instead of being asked (docs/adr/0032), and a new
one is refused that leads into another schema than this installation's (docs/adr/0039)."""

import select

from django.db import OperationalError
from django.db.backends.postgresql import base


class WrongSchema(OperationalError):
    """The tables that would be read and written are not this installation's."""


class DatabaseWrapper(base.DatabaseWrapper):
    """Between two requests a server has nothing to say: what lies on the line is its good-bye, or the end of the line."""

    def init_connection_state(self):
        super().init_connection_state()
        wanted = self.settings_dict.get("SCHEMA", "")
        found = self.connection.execute("SELECT current_schema()").fetchone()[0] if wanted else wanted
        if found != wanted:
            self._close()
            self.connection = None
            raise WrongSchema(
                f"数据库连到了模式 {found}，本系统的是 {wanted}，不能用。"
                f"(The connection leads into the schema {found} instead of {wanted}: docs/operations.md, pools.)"
            )

    def is_usable(self):
        if self.connection is None or self.connection.closed:
            return False
        line = select.poll()
        line.register(self.connection.fileno(), select.POLLIN)
        return not line.poll(0) or super().is_usable()
