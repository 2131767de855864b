"""Pages that ask for proof that a browser is looking: a refusal, whatever status they come with; never an article."""

from __future__ import annotations

import re

from scrapy.http import Response

_HEADERS = (("cf-mitigated", b"challenge"), ("x-amzn-waf-action", b"challenge"), ("x-amzn-waf-action", b"captcha"))
_TITLES = re.compile(
    rb"<title[^>]*>\s*(?:just a moment|tunggu sebentar|one moment,? please|please wait"
    rb"|attention required! \| cloudflare"
    rb"|checking your browser[^<]*|verifying (?:that )?you are (?:not a robot|human)|ddos-guard|bot verification"
    rb"|access denied \| [^<]* used cloudflare [^<]*|you are being redirected|sucuri website firewall[^<]*"
    rb"|security check|are you (?:a )?(?:human|robot)|human verification|captcha|robot check)"
    rb"[.?!\xe2\x80\xa6\s]*</title",
    re.IGNORECASE,
)
_MARKS = re.compile(
    rb"_cf_chl_opt|/cdn-cgi/challenge-platform/[a-z]+/[a-z]+/orchestrate/|cf-browser-verification|sucuri_cloudproxy_js"
    rb"|/_Incapsula_Resource\?SWUDNSAI|Incapsula incident ID|imunify360-(?:captcha|challenge)|wsidchk"
    rb"|errors\.edgesuite\.net|ddos-guard/js-challenge|awsWafCookieDomainList|px-captcha|geo\.captcha-delivery\.com",
)
_PARAGRAPH = re.compile(rb"<p[\s>]", re.IGNORECASE)
HEAD = 64 * 1024
"""Bytes that are looked at; such pages say early what they are."""
PARAGRAPHS = 6
"""A page with more of them writes about the matter."""


def is_challenge(response: Response) -> bool:
    """Whether a site, or the firewall before it, answered with a test instead of the page."""
    if any(mark in (response.headers.get(name) or b"").lower() for name, mark in _HEADERS):
        return True
    head = response.body[:HEAD]
    found = _TITLES.search(head) or _MARKS.search(head)
    return found is not None and len(_PARAGRAPH.findall(response.body)) <= PARAGRAPHS
