"""Mail that arrives: one message per reader, handed to an SMTP server once, and what became of it."""
