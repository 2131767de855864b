"""The sites of the demo newsroom: four invented outlets, each in another real-life style of markup and addresses."""

from __future__ import annotations

from demo.sites.kabarwana import KabarWana
from demo.sites.portalsagara import PortalSagara
from demo.sites.rilis_tirtasari import RilisTirtasari
from demo.sites.site import Site
from demo.sites.tirtanews import TirtaNews

SITE_CLASSES: tuple[type[Site], ...] = (TirtaNews, KabarWana, PortalSagara, RilisTirtasari)
"""In the order of their loopback addresses."""
