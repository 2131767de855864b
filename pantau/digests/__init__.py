"""The weekly digest: built from stored rows, rendered as HTML and text."""
