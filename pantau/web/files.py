"""Scripts, styles and pictures of our own: each is linked with a hash of its content and then kept for a year."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

FOLDER = Path(__file__).parent / "static"
FOREVER = "public, max-age=31536000, immutable"


@lru_cache
def version(name: str) -> str:
    """The hash of a file's content, as it stands in its link."""
    return sha256((FOLDER / name).read_bytes()).hexdigest()[:12]


def address(name: str) -> str:
    """The link to a file; raises FileNotFoundError where there is none."""
    return f"/static/{name}?v={version(name)}"


class Files(StaticFiles):
    """The static files; only a link with the right hash lets a browser keep what it got."""

    def __init__(self) -> None:
        super().__init__(directory=FOLDER)

    async def get_response(self, path: str, scope: Scope) -> Response:
        """One file, or 404."""
        response = await super().get_response(path, scope)
        asked = parse_qs(scope["query_string"].decode("latin-1")).get("v")
        if response.status_code in (200, 304) and asked == [version(path)]:
            response.headers["Cache-Control"] = FOREVER
        return response
