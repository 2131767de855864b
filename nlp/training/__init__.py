"""How the shipped model is made: ``python -m nlp.training --corpora DIR``; not needed to tag."""
