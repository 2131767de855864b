"""Places of a text: class words with names, names of the gazetteer, and their codes."""
