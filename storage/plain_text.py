"""Text as PostgreSQL takes it: a NUL, which it refuses, is looked up and kept as the sign for what cannot be shown."""

from __future__ import annotations

from typing import Any

from psycopg.types.string import StrDumperUnknown

UNSHOWN = "\ufffd"


class PlainText(StrDumperUnknown):
    """Sends strings; registered on each connection, so that a stray NUL in a question only finds nothing."""

    def dump(self, obj: Any) -> Any:
        """The string in the connection's encoding."""
        return super().dump(obj.replace("\x00", UNSHOWN) if "\x00" in obj else obj)
