"""Lists of articles as sites give them: feeds, sitemaps, WordPress posts, listings, pages by day. No network."""
