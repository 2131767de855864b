"""Scrapy components that every crawl uses: robots, host guard, archive, pipelines, run report."""
