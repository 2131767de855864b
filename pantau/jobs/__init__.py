"""Work that Pantau does by itself: what is due, and the child processes that do it."""
