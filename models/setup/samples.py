"""Companies to try Belay with: small, and true to their trade."""

from pathlib import Path

from models.base.language import N_

SAMPLES = {
    "maker": N_("A maker: tents, sewn and assembled"),
    "services": N_("A services firm: consultants by the day"),
    "software": N_("A software company with an implementation team"),
}


def sample_file(name: str) -> Path:
    """The file of a sample."""
    return Path(__file__).parent / f"sample_{name}.toml"
