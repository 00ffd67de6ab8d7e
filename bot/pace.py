"""How often a person may ask: a script that writes commands slows nobody else down."""

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

# A file takes as much work as so many answers.
FILES = 5


class Pace:
    """So many commands of one person in any minute, and a fifth of them for files; 0 is no limit.

    Each process counts for itself: it is for its own good, and nothing is decided by it.
    """

    def __init__(self, commands: int) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._most = commands

    def is_too_fast(self, person: str, *, is_for_a_file: bool = False) -> bool:
        """Whether this is one too many; if not, it counts."""
        if not self._most:
            return False
        most = max(1, self._most // FILES) if is_for_a_file else self._most
        kind = "files" if is_for_a_file else "commands"
        return not self._limiter.hit(RateLimitItemPerMinute(most), kind, person)
