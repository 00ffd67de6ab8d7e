"""`belay manifest`."""

import argparse
import json

from bot.manifest import ADDRESS, manifest


def print_manifest(arguments: argparse.Namespace) -> None:
    """Print what to paste at api.slack.com/apps, «From a manifest»."""
    address, is_socket_mode = arguments.http or ADDRESS, arguments.http is None
    made = manifest(is_socket_mode=is_socket_mode, address=address, has_agent_view=arguments.agent)
    print(json.dumps(made, indent=2))
