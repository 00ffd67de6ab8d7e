"""Pictures of the digests."""

from pathlib import Path

from handlers.digests.pictures import scoreboard_picture
from tests.handlers.digests.test_scoreboard_view import largest_figures


def test_picture_is_drawn_as_a_png(tmp_path: Path) -> None:
    """Two points at least: matplotlib is there and draws."""
    picture = scoreboard_picture([largest_figures()] * 12, [f"W{n}" for n in range(12)])
    (tmp_path / picture.name).write_bytes(picture.png)
    assert (tmp_path / "scoreboard.png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
