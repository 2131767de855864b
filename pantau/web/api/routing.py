"""What all routes of the JSON interface share: their address, and an ETag by which a program asks only for news.

An empty parameter counts as not given, as forms send those that nobody filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl, urlencode

from fastapi import APIRouter, Request, Response
from fastapi.routing import APIRoute

from pantau.web.api.shapes import Problem

PREFIX = "/api/v1"


class Conditional(APIRoute):
    """A route whose answer carries an ETag, and is left out (304) where the caller has it already."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The usual handler, and what it gave compared with ``If-None-Match``."""
        answer = super().get_route_handler()

        async def answer_if_new(request: Request) -> Response:
            _drop_empty(request)
            response = await answer(request)
            if request.method != "GET" or response.status_code != 200:
                return response
            tag = f'W/"{sha256(bytes(response.body)).hexdigest()[:32]}"'
            response.headers["ETag"] = tag
            known = {each.strip() for each in request.headers.get("If-None-Match", "").split(",")}
            return Response(status_code=304, headers={"ETag": tag}) if tag in known else response

        return answer_if_new


def api_router(tag: str) -> APIRouter:
    """A router of the interface; ``tag`` is its heading in the description."""
    problem = {"model": Problem}
    responses: dict[int | str, dict[str, Any]] = {400: problem, 401: problem, 403: problem}
    return APIRouter(prefix=PREFIX, tags=[tag], route_class=Conditional, responses=responses)


def _drop_empty(request: Request) -> None:
    given = parse_qsl(request.scope["query_string"].decode("latin-1"))
    request.scope["query_string"] = urlencode(given).encode("latin-1")
