"""Looking at a site that nobody described: its lists, the make of its article addresses, a source file from both."""
