"""Roles in words, and in their form."""

from handlers.setup.roles_view import asked_blocks, roles_view, welcome_sentences
from handlers.slack.text import plain
from models.workspace.roles import Role


def test_form_shows_at_most_what_slack_takes() -> None:
    people = {role: [f"U{number}" for number in range(150)] for role in Role}
    body = roles_view(people, "x").to_dict()
    assert {len(b["element"]["initial_users"]) for b in body["blocks"] if b["type"] == "input"} == {100}


def test_each_role_has_its_first_step() -> None:
    assert len(welcome_sentences(list(Role))) == len(Role) + 2
    assert plain(welcome_sentences([Role.DATA])[0]) == "You keep the company’s data in Belay now."


def test_buttons_of_who_asks_are_each_their_own() -> None:
    (_, buttons) = asked_blocks("Gus", 7)
    ids = [element["action_id"] for element in buttons.to_dict()["elements"]]
    assert len(set(ids)) == len(Role)
