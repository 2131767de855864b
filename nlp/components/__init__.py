"""One spaCy component per file; each fills one of the Doc extensions of nlp.extensions."""
