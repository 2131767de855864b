"""From Article to TaggedArticle: a spaCy pipeline with its lexicons, registries and model."""
