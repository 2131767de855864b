"""Mails about what is new: stories of saved searches, volumes far above the usual, sources that fell silent."""
