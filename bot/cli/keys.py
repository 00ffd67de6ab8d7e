"""`belay keys new` and `belay keys rotate`: what encrypts the tokens of several workspaces."""

import argparse

from bot.clock import MachineClock
from bot.config import read_config
from bot.database import database_of
from bot.installations import Installations
from models.base.errors import Refused


def new(_arguments: argparse.Namespace) -> None:
    """Print a key, to be put before the others in BELAY_KEYS."""
    print(read_config().belay_keys.next_key())


def rotate(_arguments: argparse.Namespace) -> None:
    """Encrypt with the first of BELAY_KEYS what another one encrypted; bots may run meanwhile, if they know both."""
    config = read_config()
    if not config.belay_keys:
        raise Refused("BELAY_KEYS is missing: `belay keys new` makes a key.")
    database = database_of(config)
    database.migrate()
    count = Installations(database, config, lambda: MachineClock().read().now).rotate_keys()
    first = config.belay_keys.by_number[0][0]
    print(f"{count} encrypted anew; key {first} alone is needed from now on.")
