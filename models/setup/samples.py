"""Companies to try Belay with: small, and true to their trade."""

from pathlib import Path

SAMPLES = {
    "maker": "A maker: tents, sewn and assembled",
    "services": "A services firm: consultants by the day",
    "software": "A software company with an implementation team",
}


def sample_file(name: str) -> Path:
    """The file of a sample."""
    return Path(__file__).parent / f"sample_{name}.toml"
