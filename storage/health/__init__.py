"""How the sources of an office fare."""
