"""Histograms, facets and comparisons over the hits of a query."""
