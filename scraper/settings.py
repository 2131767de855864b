"""Scrapy's settings for every crawl of this project; what differs between sites stands in their profiles."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from scraper.config import load_config
from scraper.crawl.agent import user_agent
from scraper.errors import ConfigError

ROOMS = ("scraper", "spiders", "storage")
_ROOT = Path(__file__).resolve().parent.parent
for _room in ROOMS:
    _file = import_module(_room).__file__ or ""
    if not Path(_file).resolve().is_relative_to(_ROOT):
        raise ConfigError(f"{_room!r} comes from {_file}, a namesake of ours; use a virtual environment of its own")

AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_START_DELAY = 3.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
BOT_NAME = "pantau"
CONCURRENT_ITEMS = 1  # Scrapy starts so many tasks for every answer, and one of ours gives one article
CONCURRENT_REQUESTS = 2  # each source has its own engine, so this is per source and nothing queues behind a wait
CONCURRENT_REQUESTS_PER_DOMAIN = 2
COOKIES_ENABLED = False
CRAWL_STORE = "storage.crawl_store.CrawlStore"
DEFAULT_DROPITEM_LOG_LEVEL = "ERROR"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "id,en;q=0.5",
}
DOWNLOADER_MIDDLEWARES = {
    "scraper.crawl.late_address.LateAddressMiddleware": 30,
    "scraper.crawl.host_guard.HostGuardMiddleware": 40,
    "scraper.crawl.robots.RobotsMiddleware": 100,
    "scraper.crawl.backoff.BackoffMiddleware": 540,
    "scraper.crawl.answers.AnswerMiddleware": 590,
    "scraper.crawl.redirects.GuardedRedirects": 600,
    "scraper.crawl.pace.PaceMiddleware": 995,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "scrapy.downloadermiddlewares.redirect.RedirectMiddleware": None,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
}
DOWNLOAD_DELAY = 3.0
DOWNLOAD_DELAY_JITTER = 0.0  # a Crawl-delay is a lower bound
DOWNLOAD_HANDLERS = {
    "http": "scraper.crawl.download.LimitedHandler",
    "https": "scraper.crawl.download.LimitedHandler",
    **dict.fromkeys(("data", "file", "ftp", "s3")),  # nothing but the web
}
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024  # on the wire and after decompression
DOWNLOAD_TIMEOUT = 30.0  # for an answer from the connection to its last byte
DOWNLOAD_VERIFY_CERTIFICATES = True
DOWNLOAD_WARNSIZE = 0
HTTPPROXY_ENABLED = False  # a proxy looks names up itself: nobody would see where they lead
ITEM_PIPELINES = {"scraper.crawl.pipeline.StorePipeline": 500}
LOG_LEVEL = "INFO"  # for `scrapy crawl`; `pantau crawl` shows warnings only
METAREFRESH_ENABLED = False  # news pages reload themselves
REDIRECT_MAX_TIMES = 5
REMOTE_CONTROL_ENABLED = False
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the run's report tells it
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]  # 429 and 503 are the back-off's
RETRY_TIMES = 2
ROBOTSTXT_OBEY = True
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"  # lists give the newest first
SPIDER_MIDDLEWARES = {  # each costs every answer a little, and nobody reads what these write
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
}
SPIDER_MODULES = ["spiders.sites"]
TELNETCONSOLE_ENABLED = False
TWISTED_DNS_RESOLVER = "scraper.crawl.addresses.PinnedResolver"
TWISTED_REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"
WARN_ON_GENERATOR_RETURN_VALUE = False  # reads the source of every callback
USER_AGENT = user_agent(load_config().contact)
