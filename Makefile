# Everything runs in .venv; each target sets up what it needs. PYTHON=python3.12 make test picks another Python.
PYTHON ?= python3
PIP = .venv/bin/python -m pip --disable-pip-version-check -q
SOURCES = constraints.txt pyproject.toml

.PHONY: setup demo run test lint bench soak clean

.venv/pip.stamp: $(SOURCES)
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pantau needs Python 3.11 or newer; set PYTHON=")'
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --upgrade -c constraints.txt pip setuptools
	touch $@

.venv/run.stamp: .venv/pip.stamp
	$(PIP) install --no-build-isolation -c constraints.txt -e .
	touch $@

.venv/dev.stamp: .venv/pip.stamp
	$(PIP) install --no-build-isolation -c constraints.txt -e '.[dev]'
	touch $@ .venv/run.stamp

setup: .venv/dev.stamp

demo: .venv/run.stamp
	PANTAU_DATA=./data/demo .venv/bin/pantau demo

run: .venv/run.stamp
	.venv/bin/pantau run

test: .venv/dev.stamp
	.venv/bin/pytest -n 2 --dist loadfile

lint: .venv/dev.stamp
	.venv/bin/ruff format --check .
	.venv/bin/ruff check .
	.venv/bin/mypy
	.venv/bin/lint-imports --cache-dir .import_linter_cache

bench: .venv/dev.stamp
	.venv/bin/python -m benchmarks.extraction
	.venv/bin/python -m benchmarks.tagging
	.venv/bin/python -m benchmarks.crawl
	.venv/bin/python -m benchmarks.relevance
	.venv/bin/python -m benchmarks.stories
	.venv/bin/python -m benchmarks.search

soak: .venv/dev.stamp
	.venv/bin/python -m benchmarks.soak

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
