"""The walk of a crawl: which lists are asked, how far each is followed, and what comes after them."""
