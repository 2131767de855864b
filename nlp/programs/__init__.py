"""Programmes: named actions of governments and their companies for the public, by grammar and by registry."""
