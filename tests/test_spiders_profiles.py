"""Shipped profiles: one small class a file, facts only, and Scrapy finds them."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import load_object

from spiders.sources import shipped

ROOT = Path(__file__).parent.parent
SITES = sorted(path for path in (ROOT / "spiders" / "sites").glob("*.py") if path.name != "__init__.py")


@pytest.mark.parametrize("path", SITES, ids=lambda path: path.stem)
def test_one_class_named_as_its_file(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    [profile] = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    values = {
        node.targets[0].id: node.value
        for node in profile.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
    }
    assert ast.literal_eval(values["name"]) == path.stem
    assert not [node for node in ast.walk(profile) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def test_catalogue_is_the_folder() -> None:
    assert [source.name for source in shipped()] == [path.stem for path in SITES]


def test_scrapy_lists_the_catalogue() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.split() == [path.stem for path in SITES]


@pytest.mark.parametrize("setting", ["DOWNLOADER_MIDDLEWARES", "ITEM_PIPELINES"])
def test_every_class_in_the_settings_exists(setting: str) -> None:
    settings = Settings()
    settings.setmodule("scraper.settings")
    assert all(load_object(path) for path, place in settings.getdict(setting).items() if place is not None)
    assert load_object(settings["CRAWL_STORE"]).__name__ == "CrawlStore"
