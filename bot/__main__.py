"""`python -m bot` is the command `belay`."""

import sys

from bot.cli import main

sys.exit(main())
