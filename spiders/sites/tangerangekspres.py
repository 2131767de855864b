"""Tangerang Ekspres, daily of Tangerang."""

from __future__ import annotations

from spiders.networks.disway import DiswaySpider
from spiders.profile import Expect


class TangerangEkspres(DiswaySpider):
    """A paper of the Disway platform; the body is often one single paragraph.

    Addresses as stored pages show them. Its former host (tangerangekspres.co.id) is left out.
    """

    name = "tangerangekspres"
    title = "Tangerang Ekspres"
    region = "36.71"
    tier = "local"
    start = "https://tangerangekspres.disway.id/"
    canonical = "https://tangerangekspres.disway.id/read/{id}"
    expect = Expect(articles_per_week=60)
    evidence = "reported"
