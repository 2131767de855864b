"""Families of sites on one system: what their profiles have in common."""
