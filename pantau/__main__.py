"""``python -m pantau``: how Pantau starts its own commands as child processes."""

from pantau.cli.main import run_app

if __name__ == "__main__":
    run_app()
