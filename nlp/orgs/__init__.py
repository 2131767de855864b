"""Organisations of a text: heads with their complement, short names, and what the model adds."""
