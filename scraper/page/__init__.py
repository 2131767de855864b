"""From the bytes of a page to an Article: pure functions, no network, no clock, no settings."""
