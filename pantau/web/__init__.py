"""The search page and its neighbours: FastAPI, Jinja2, htmx, everything vendored."""
