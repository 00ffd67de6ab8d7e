"""`belay manifest`."""

import argparse
import json

from bot.manifest import ADDRESS, manifest
from models.base.errors import Refused


def print_manifest(arguments: argparse.Namespace) -> None:
    """Print what to paste at api.slack.com/apps, «From a manifest»."""
    if arguments.several and not arguments.http:
        raise Refused("Several workspaces install it over HTTP: say where, with --http.")
    address, is_socket_mode = arguments.http or ADDRESS, arguments.http is None
    made = manifest(
        is_socket_mode=is_socket_mode,
        address=address,
        has_agent_view=arguments.agent,
        has_steps=arguments.steps,
        is_for_several=arguments.several,
    )
    print(json.dumps(made, indent=2))
