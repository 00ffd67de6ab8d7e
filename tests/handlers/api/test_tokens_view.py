"""The windows of tokens with their longest plausible data."""

from typing import cast

from handlers.api.tokens_view import new_token_view, secret_view, tokens_view
from models.api.tokens import MOST_TOKENS, PREFIX, ApiToken, Scope
from models.workspace.members import Member
from tests.handlers.large import long
from tests.handlers.shown import Slack
from tests.world import NOW


def test_windows_keep_to_slacks_limits(slack: Slack) -> None:
    person = cast("Member", type("Someone", (), {"name": long(200)}))
    rows = [
        ApiToken(id=number, name=long(60)[:60], scopes=list(Scope), begins="belay_abcdef", used_at=NOW)
        for number in range(1, MOST_TOKENS + 1)
    ]
    for row in rows:
        row.__dict__["member"] = person
    slack.show(tokens_view(rows))
    slack.show(tokens_view([]))
    slack.show(new_token_view("U1"))
    slack.show(secret_view(long(60), long(200), PREFIX + "x" * 43))
    assert slack.violations() == []
    assert len(tokens_view(rows).blocks) == 2 * MOST_TOKENS + 3
