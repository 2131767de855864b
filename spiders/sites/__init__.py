"""The catalogue: one profile per news site, all off until an office enables them."""
