"""Where the databases of tests are: in memory, if there is enough of it."""

import shutil
from pathlib import Path

SHARED, ENOUGH = Path("/dev/shm"), 2 << 30  # noqa: S108 - only where temporary folders of tests go
MEMORY = SHARED if SHARED.is_dir() and shutil.disk_usage(SHARED).free > ENOUGH else None
