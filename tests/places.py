"""Where things stand: this repository, and the data that is shared beside it."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
DATA = ROOT.parent / "shared" / "data"
