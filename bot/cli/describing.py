"""`belay manifest`."""

import argparse
import json

from bot.manifest import ADDRESS, manifest


def print_manifest(arguments: argparse.Namespace) -> None:
    """Print what to paste at api.slack.com/apps, «From a manifest»."""
    print(json.dumps(manifest(is_socket_mode=arguments.http is None, address=arguments.http or ADDRESS), indent=2))
