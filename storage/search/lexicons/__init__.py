"""Word lists of the search, reviewed as data: stems, synonyms, function words."""
