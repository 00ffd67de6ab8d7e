"""The scan of `make lint` finds what must not be committed, and lets pass what is marked."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from bot.keys import Keys
from tests.places import ROOT

# Put together here, because the scan reads this file too.
SECRETS = {
    "bot token": "xoxb-" + "123456789012-1234567890123-" + "AbCd" * 6,
    "app-level token": "xapp-" + "1-A0123456789-1234567890123-" + "0f1e" * 16,
    "key of Belay": Keys().next_key(),
    "private key": "-----BEGIN RSA " + "PRIVATE KEY-----",
    "password of a database": "postgresql://belay:" + "hunter2hunter2@db.example.com/belay",
}


def scan(folder: Path, line: str) -> int:
    makefile = (ROOT / "Makefile").read_text()
    command = re.search(r"^SCAN := (.+)$", makefile, re.MULTILINE)
    assert command
    file = folder / "settings.py"
    file.write_text(line + "\n")
    tool, *options = shlex.split(command[1].replace("$$", "$"))
    started = [str(Path(sys.executable).parent / tool), *options, str(file)]
    return subprocess.run(started, cwd=ROOT, capture_output=True, check=False).returncode


@pytest.mark.parametrize("name", SECRETS)
def test_secret_that_is_added_ends_the_scan(name: str, tmp_path: Path) -> None:
    assert scan(tmp_path, SECRETS[name]) == 1


def test_what_is_marked_or_shows_a_shape_passes(tmp_path: Path) -> None:
    assert scan(tmp_path, f"{SECRETS['bot token']}  # pragma: allowlist secret") == 0
    assert scan(tmp_path, "DATABASE_URL=postgresql://user:password@host/name, SLACK_BOT_TOKEN=xoxb-…") == 0
