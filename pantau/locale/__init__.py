"""The interface in other languages than Indonesian: one catalogue per language."""
