"""What an office follows: ``PANTAU_DATA/sources/<name>.toml``, which turns a shipped profile on or describes a site."""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

import tomli_w

import spiders.networks
import spiders.sites
from scraper.errors import ProfileError
from scraper.followed import FOLDER, check_every, read_source
from scraper.page.rules import SiteRules
from spiders.base import PROFILE_FIELDS, SiteSpider
from spiders.profile import NAME, Expect

FIELDS = frozenset(PROFILE_FIELDS) - {"name"}
CONTROLS = frozenset({"profile", "family", "paused", "every"})
"""``profile``: a shipped one to start from; ``family``: a system such as ``wordpress``; ``paused``: not crawled.

``every``: minutes between two crawls, where the source's yield shall not decide.
"""
State = Literal["on", "off", "paused"]
LISTS = frozenset({"hosts", "feeds", "sitemaps", "posts", "listings"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A source as this office has it."""

    source: type[SiteSpider]
    state: State
    """``off``: in the catalogue and not followed; ``paused``: followed once, not crawled now."""
    own: bool
    """Whether the office wrote it; else it comes from the catalogue."""


def shipped() -> list[type[SiteSpider]]:
    """The catalogue: every profile that comes with Pantau, by name."""
    return sorted(_classes(spiders.sites, named=True), key=lambda source: source.name)


def load_sources(data: Path, *, names: Collection[str] | None = None) -> list[type[SiteSpider]]:
    """The enabled sources, or those of them that are named, by name; paused ones are left out.

    Raises ProfileError naming file and field.
    """
    paths = sorted((data / FOLDER).glob("*.toml"))
    loaded = [load_source(path) for path in paths if names is None or path.stem in names]
    return [source for source in loaded if source is not None]


def known_sources(data: Path) -> dict[str, type[SiteSpider]]:
    """Every source by name, crawled or not: the catalogue, and what the office described or paused.

    Raises ProfileError naming file and field.
    """
    own = {path.stem: _build(path, read_source(path)) for path in sorted((data / FOLDER).glob("*.toml"))}
    return {source.name: source for source in shipped()} | own


def every_source(data: Path) -> list[Listed]:
    """The catalogue and this office's own sources, by name. Raises ProfileError naming file and field."""
    listed = {source.name: Listed(source=source, state="off", own=False) for source in shipped()}
    for path in sorted((data / FOLDER).glob("*.toml")):
        values = read_source(path)
        state: State = "paused" if values.get("paused") is True else "on"
        listed[path.stem] = Listed(source=_build(path, values), state=state, own="profile" not in values)
    return [listed[name] for name in sorted(listed)]


def source_named(data: Path, name: str) -> type[SiteSpider]:
    """A source, on or off. Raises ProfileError for no such name."""
    known = known_sources(data)
    if name in known:
        return known[name]
    raise ProfileError(f"there is no source {name!r}; `pantau sources list` shows all")


def sources_of_site(data: Path, url: str) -> list[Listed]:
    """The sources whose site an address belongs to, with ``www.`` or without; followed ones first."""
    same = [known for known in every_source(data) if not known.source.host_guard().refusal(url)]
    return sorted(same, key=lambda known: ("on", "paused", "off").index(known.state))


def load_source(path: Path) -> type[SiteSpider] | None:
    """The source that a file describes, or None where it is paused. Raises ProfileError naming file and field."""
    values = read_source(path)
    if values.get("paused") is True:
        return None
    return _build(path, values)


def enable(data: Path, name: str, *, paused: bool = False) -> Path:
    """Turn on a profile of the catalogue, or a paused source; gives its file. Raises ProfileError for no such name.

    ``paused`` writes the file and leaves it off.
    """
    path = source_path(data, name)
    if path.exists():
        values = {key: value for key, value in read_source(path).items() if key != "paused"}
    else:
        _profile(name, path)
        values = {"profile": name}
    return _write(path, values | ({"paused": True} if paused else {}))


def add(data: Path, name: str, fields: Mapping[str, Any]) -> Path:
    """Write a source of the office's own; gives its file. Raises ProfileError for a wrong field or a taken name."""
    path = source_path(data, name)
    if path.exists() or name in {source.name for source in shipped()}:
        raise ProfileError(f"there is a source {name!r} already; choose another name or enable that one")
    return _write(path, fields)


def pause(data: Path, name: str) -> Path:
    """Stop crawling a source until it is enabled again. Raises ProfileError where it is not there."""
    path = source_path(data, name)
    if not path.exists():
        raise ProfileError(f"source {name!r} is not enabled; `pantau sources list` shows what is")
    return _write(path, {**read_source(path), "paused": True})


def remove(data: Path, name: str) -> Path:
    """Follow a source no more; gives the file that is gone. Raises ProfileError where it is not there or not paused."""
    path = source_path(data, name)
    if not path.exists():
        raise ProfileError(f"source {name!r} is not enabled; `pantau sources list` shows what is")
    if not read_source(path).get("paused"):
        raise ProfileError(f"source {name!r} is being crawled; pause it first")
    path.unlink()
    return path


def mark_verified(data: Path, name: str, day: date) -> bool:
    """Write down that a source was found right at its live site; False where it has no file to write in."""
    path = source_path(data, name)
    if path.exists():
        _write(path, {**read_source(path), "verified": day.isoformat()})
    return path.exists()


def source_path(data: Path, name: str) -> Path:
    """The file of a source. Raises ProfileError for a name that is no plain file name."""
    if not NAME.fullmatch(name):
        raise ProfileError(f"{name!r} is no source name; use small letters, digits, - and _, a letter first")
    return data / FOLDER / f"{name}.toml"


def _write(path: Path, values: Mapping[str, Any]) -> Path:
    """Check, then put the file in its place whole; a crash leaves the old one."""
    _build(path, values)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(tomli_w.dumps(_plain(values)).encode())
    part.replace(path)
    return path


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values as TOML has them."""
    return {key: list(value) if isinstance(value, tuple) else value for key, value in values.items()}


def _build(path: Path, values: Mapping[str, Any]) -> type[SiteSpider]:
    unknown = sorted(values.keys() - FIELDS - CONTROLS)
    if unknown:
        raise ProfileError(f"{path}: there is no field {unknown[0]!r}; the fields are {', '.join(sorted(FIELDS))}")
    if not isinstance(values.get("paused", False), bool):
        raise ProfileError(f"{path}: 'paused' is {values['paused']!r}; it must be true or false")
    check_every(path, values)
    body = {key: _value(path, key, value) for key, value in values.items() if key in FIELDS}
    try:
        return type(path.stem, (_base(path, values),), {"__module__": str(path), "name": path.stem, **body})
    except ProfileError as error:
        raise ProfileError(f"{path}: {str(error).partition(': ')[2] or error}") from error


def _base(path: Path, values: Mapping[str, Any]) -> type[SiteSpider]:
    if "profile" in values:
        return _profile(values["profile"], path)
    if "family" not in values:
        return SiteSpider
    families = {kind.__module__.rpartition(".")[2]: kind for kind in _classes(spiders.networks, named=False)}
    if values["family"] not in families:
        raise ProfileError(f"{path}: 'family' is {values['family']!r}; it must be one of {', '.join(sorted(families))}")
    return families[values["family"]]


def _profile(name: object, path: Path) -> type[SiteSpider]:
    catalogue = {source.name: source for source in shipped()}
    if not isinstance(name, str) or name not in catalogue:
        raise ProfileError(f"{path}: there is no shipped profile {name!r}; they are {', '.join(catalogue)}")
    return catalogue[name]


def _value(path: Path, field: str, value: Any) -> Any:
    """A TOML value as the class attribute; its kind is checked with the profile."""
    if field in LISTS and isinstance(value, list):
        return tuple(value)
    if field == "rules":
        return _record(path, field, SiteRules, value)
    return _record(path, field, Expect, value) if field == "expect" else value


def _record(path: Path, field: str, kind: type[Any], value: Any) -> Any:
    allowed = {known.name for known in fields(kind)}
    if not isinstance(value, Mapping) or value.keys() - allowed:
        raise ProfileError(f"{path}: {field!r} must be a table with the fields {', '.join(sorted(allowed))}")
    return kind(**{name: tuple(part) if isinstance(part, list) else part for name, part in value.items()})


def _classes(package: Any, *, named: bool) -> list[type[SiteSpider]]:
    found = []
    for module_info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(module_info.name)
        for value in vars(module).values():
            own = isinstance(value, type) and issubclass(value, SiteSpider) and value.__module__ == module.__name__
            if own and bool(getattr(value, "name", None)) is named:
                found.append(value)
    return found
