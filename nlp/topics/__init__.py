"""Topics and the kind of an article by weighted words."""
