"""Where news is found: the base spider, site families, and one small file per site."""
