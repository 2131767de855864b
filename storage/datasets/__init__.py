"""The tables that analysts get: each column with its type and meaning, beside the reading of its rows."""
