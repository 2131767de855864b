"""Who is named in a text, with which office: grammar over words, no model inside."""
