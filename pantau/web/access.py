"""Who asks, and what they may do. Every route names the role that it needs with :func:`needs`; :func:`enforce` is the
one place that looks. On this machine nobody logs in until there is an account; from then on everybody does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from pantau.translations import N_
from pantau.translations import gettext as _
from pantau.web import forms
from pantau.web.doors import is_forwarded, is_local
from pantau.web.refusals import Refusal
from scraper.config import Config
from storage.database import Database
from storage.records.accounts import ROLES, Role, has_accounts
from storage.records.logins import session_account, token_account, touch_session, touch_token

ROLE_NAMES = {"viewer": N_("pembaca"), "editor": N_("editor"), "admin": N_("admin")}
Needed = Role | Literal["anyone"]
Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Rule:
    """What a route asks of those who call it."""

    role: Needed
    from_outside: bool
    """Also other sites and programs may write here (one-click unsubscribe): no Origin and no token of a page."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks."""

    name: str = ""
    """Of the account; empty where there are none, and for one who is not logged in."""
    role: Needed = "anyone"
    id: int | None = None
    by_token: bool = False

    def may(self, role: Needed) -> bool:
        """Whether the visitor's role is this one or one above it."""
        return role == "anyone" or (self.role != "anyone" and ROLES.index(self.role) >= ROLES.index(role))


ALONE = Visitor(role="admin")
"""Who sits at the machine of an installation without accounts."""


def needs(role: Needed, *, from_outside: bool = False) -> Callable[[Endpoint], Endpoint]:
    """Declare the role that a route needs: viewer, editor, admin or ``anyone``. Stands below the route's decorator."""

    def declare(endpoint: Endpoint) -> Endpoint:
        endpoint.rule = Rule(role, from_outside)  # type: ignore[attr-defined]
        return endpoint

    return declare


def rule_of(endpoint: object) -> Rule | None:
    """The declared rule of a route's function; a route without one is answered to nobody."""
    return getattr(endpoint, "rule", None)


async def enforce(request: Request) -> None:
    """Dependency of the whole application: refuse who may not; leave the visitor in ``request.state``."""
    rule = rule_of(request.scope.get("endpoint"))
    context = request.app.state.context
    visitor = await run_in_threadpool(identify, request, context.db)
    request.state.visitor = visitor
    if rule is None:
        raise Refusal(403, _("Halaman ini belum menyebut siapa yang boleh membukanya."))
    if not visitor.may(rule.role):
        if visitor.role == "anyone":
            raise Refusal(401, _("Silakan masuk dahulu."))
        raise Refusal(403, _("Akun Anda (%(role)s) tidak boleh melakukan ini.") % {"role": _(ROLE_NAMES[visitor.role])})
    if request.method not in forms.SAFE_METHODS and not rule.from_outside:
        if visitor.by_token:
            raise Refusal(403, _("Token hanya untuk membaca; masuk di halaman untuk mengubah."))
        await check_write(request, context.config)


async def check_write(request: Request, config: Config) -> None:
    """Refuse a write that does not come from a page of ours."""
    if not forms.is_our_origin(request, config):
        raise Refusal(403, _("Permintaan ini tidak datang dari halaman Pantau."))
    visit = request.cookies.get(forms.VISIT_COOKIE, "")
    if not forms.is_valid_token(visit, await forms.sent_token(request)):
        raise Refusal(403, _("Halaman ini sudah kedaluwarsa. Muat ulang, lalu coba lagi."))


def identify(request: Request, db: Database) -> Visitor:
    """Who asks: by token, by session, or as the one at this machine. Raises Refusal for a token that is none."""
    with db.read() as session:
        if bearer := _bearer(request):
            proven = token_account(session, bearer)
            if proven is None:
                raise Refusal(401, _("Token ini tidak dikenal atau sudah dicabut."))
        else:
            secret = request.cookies.get(forms.VISIT_COOKIE, "")
            proven = session_account(session, secret) if secret else None
        if proven is None and not has_accounts(session):
            return _alone(request)
    if proven is None:
        return Visitor()
    if proven.stale:
        _note_use(db, request)
    return Visitor(proven.account.name, proven.account.role, proven.account.id, bearer != "")


def _alone(request: Request) -> Visitor:
    if is_local(request):
        return ALONE
    if is_forwarded(request):
        raise Refusal(403, _("Pantau berada di belakang proxy dan belum punya akun. Buat dahulu: %s") % CREATE)
    raise Refusal(403, _("Pantau belum punya akun dan hanya menjawab di komputernya sendiri. Buat dahulu: %s") % CREATE)


CREATE = "pantau users add NAMA --role admin"


def _bearer(request: Request) -> str:
    scheme, _space, secret = request.headers.get("authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _note_use(db: Database, request: Request) -> None:
    with db.write() as session:
        if bearer := _bearer(request):
            touch_token(session, bearer)
        else:
            touch_session(session, request.cookies.get(forms.VISIT_COOKIE, ""))


def visitor_of(request: Request) -> Visitor:
    """FastAPI dependency: who asks; before anybody was identified (errors outside of routes) a stranger."""
    found: Visitor = getattr(request.state, "visitor", Visitor())
    return found
