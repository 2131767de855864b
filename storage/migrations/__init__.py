"""Schema history (alembic), packaged so that ``pantau db upgrade`` works from any folder."""
