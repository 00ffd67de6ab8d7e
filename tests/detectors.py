"""Secrets that only an installation of Belay has, for the scan of `make lint`."""

import re

from detect_secrets.plugins.base import RegexBasedDetector


class SlackAppToken(RegexBasedDetector):
    """An app-level token, as Slack makes them; detect-secrets knows the others."""

    secret_type = "Slack App-Level Token"  # noqa: S105 # pragma: allowlist secret
    denylist = (re.compile(r"xapp-\d+-[A-Z0-9]+-\d+-[0-9a-f]+", re.IGNORECASE),)


class BelayKey(RegexBasedDetector):
    """A key of BELAY_KEYS, as `belay keys new` makes them."""

    secret_type = "Belay Key"  # noqa: S105 # pragma: allowlist secret
    denylist = (re.compile(r"\b\d+:[\w-]{43}="),)
