"""Figures: which numbers of a text say something about the world, and what they say. A grammar, no model."""
