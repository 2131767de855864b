"""The command line: one verb per file; the only composer of the rooms."""
