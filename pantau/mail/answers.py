"""What the codes of mail servers mean for an address: enhanced status codes of RFC 3463 and 7505."""

from __future__ import annotations

import re

UNKNOWN = re.compile(r"5\.(1\.(1|2|3|6|10)|2\.1)\b")
"""The address does not exist, or no more; a bare 550 may mean anything."""
POLICY = re.compile(r"[45]\.7\.\d+\b")
"""Often our own fault (no right to relay, not logged in, SPF): somebody will mend it, so nobody is given up for it."""
CODE = re.compile(r"(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.])")
"""An enhanced status code within a text."""
