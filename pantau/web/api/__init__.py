"""The JSON interface under ``/api/v1``: the questions of the pages, answered for programs. See ``docs/api.md``."""
