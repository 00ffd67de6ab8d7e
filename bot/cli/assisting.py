"""`belay mcp`."""

import argparse
from importlib.util import find_spec

from bot.config import read_config
from models.base.errors import Refused


def serve_assistant(_arguments: argparse.Namespace) -> None:
    """Speak the Model Context Protocol on standard input and output, until the assistant is done."""
    config = read_config()
    missing = []
    if not config.belay_url:
        missing.append("BELAY_URL is missing: where Belay serves HTTP, such as https://belay.example.com.")
    if not config.belay_token:
        missing.append("BELAY_TOKEN is missing: an admin makes one with `/belay api`.")
    if not find_spec("mcp"):
        missing.append("`belay mcp` needs the package mcp, which is not installed: install `belay[mcp]`.")
    if missing:
        raise Refused(" ".join(missing))
    from bot.assistant import api_client, assistant

    with api_client(config.belay_url, config.belay_token) as api:
        assistant(api).run("stdio")
