"""Tidy tables for analysts: one format per file, one registry line each."""
