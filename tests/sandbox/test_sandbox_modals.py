"""A command opens a modal; it is filled in, checked live, refused, changed, stacked, sent and closed."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.client import NotPossible
from tests.sandbox.stand import Stand, actions, button, field, modal, option, plain, section, typed

CUSTOMER = field("Customer", typed(), "customer")


def test_a_form_goes_from_command_to_submission(either: Stand) -> None:
    either.opens(modal(CUSTOMER, private_metadata="deal 42"))
    seen = either.submits()

    assert either.sara.command("tents-ops", "/order Acme").ok
    form = either.sara.modal()
    assert form is not None
    assert (form.title, form.callback_id, form.private_metadata) == ("Order", "form", "deal 42")
    assert form.as_text() == "Customer: <>"
    assert either.sara.fill_by_label("Customer", "Acme").raw == {"sent": False}
    assert either.sara.submit().ok

    assert either.sara.modal() is None
    view = seen[0]["view"]
    assert view["state"]["values"] == {"customer": {"v": {"type": "plain_text_input", "value": "Acme"}}}
    assert seen[0]["user"] == {
        "id": either.sara.id,
        "username": "sara",
        "name": "sara",
        "team_id": either.app.team_id,
    }
    assert seen[0]["response_urls"] == []
    assert either.sb.violations() == []


def test_a_command_says_where_and_who(either: Stand) -> None:
    seen: list[dict[str, Any]] = []

    @either.bolt.command("/order")
    def order(ack: Any, body: dict[str, Any]) -> None:
        seen.append(body)
        ack("thank you")

    reply = either.sara.command("tents-ops", "/order  200 tents ")
    assert reply.text == "thank you"
    assert either.last().ephemeral
    told = {key: seen[0][key] for key in ("command", "text", "channel_name", "user_name", "api_app_id", "team_id")}
    assert told == {
        "command": "/order",
        "text": "200 tents",
        "channel_name": "tents-ops",
        "user_name": "sara",
        "api_app_id": either.app.app_id,
        "team_id": either.app.team_id,
    }


def test_mentions_are_escaped_where_the_manifest_asks_for_it(stand: Stand) -> None:
    seen: list[str] = []

    @stand.bolt.command("/escaped")
    def escaped(ack: Any, command: dict[str, Any]) -> None:
        seen.append(command["text"])
        ack()

    stand.sara.command("tents-ops", "/escaped @sara in #tents-ops, not @nobody")
    assert seen == [f"<@{stand.sara.id}|sara> in <#{stand.channel}|tents-ops>, not @nobody"]


def test_a_command_that_nobody_has_is_refused(stand: Stand) -> None:
    with pytest.raises(NotPossible, match="/nothing is not a valid command"):
        stand.sara.command("tents-ops", "/nothing")


def test_errors_stand_under_their_fields(either: Stand) -> None:
    either.open(modal(CUSTOMER))
    either.submits({"response_action": "errors", "errors": {"customer": "We do not know Acme."}})
    either.sara.fill("customer", "Acme")

    assert either.sara.submit().errors == {"customer": "We do not know Acme."}
    form = either.sara.modal()
    assert form is not None
    assert form.errors == {"customer": "We do not know Acme."}
    assert form.state["customer"]["v"]["value"] == "Acme"


def test_errors_of_blocks_that_are_not_inputs_are_a_violation(stand: Stand) -> None:
    stand.open(modal(section("no input", block_id="words")))
    stand.submits({"response_action": "errors", "errors": {"words": "No."}})

    assert stand.sara.submit().error == "dispatch_failed"
    assert [v["rule"] for v in stand.sb.violations()] == ["invalid_arguments"]


def test_an_empty_required_field_is_not_sent(stand: Stand) -> None:
    stand.open(modal(CUSTOMER, field("Note", typed(), "note", optional=True)))
    assert stand.sara.submit().errors == {"customer": "Please complete this required field."}


@pytest.mark.parametrize(
    ("element", "value", "sentence"),
    [
        (typed(min_length=3), "ab", "Please enter at least 3 characters."),
        ({"type": "number_input", "is_decimal_allowed": False}, "2.5", "Please enter a whole number."),
        ({"type": "number_input", "is_decimal_allowed": True}, "two", "Please enter a valid number."),
        (
            {"type": "number_input", "is_decimal_allowed": True, "min_value": "1"},
            "0.5",
            "Please enter a number greater than or equal to 1.",
        ),
        (
            {"type": "number_input", "is_decimal_allowed": True, "max_value": "9"},
            "10",
            "Please enter a number less than or equal to 9.",
        ),
        ({"type": "email_text_input"}, "sara", "Please enter a valid email address."),
        ({"type": "url_text_input"}, "example.com", "Please enter a valid URL."),
    ],
)
def test_what_slack_itself_refuses_is_not_sent(
    stand: Stand, element: dict[str, Any], value: str, sentence: str
) -> None:
    stand.open(modal(field("It", element, "it")))
    stand.sara.fill("it", value)
    assert stand.sara.submit().errors == {"it": sentence}


def test_a_response_may_update_push_and_clear(either: Stand) -> None:
    either.open(modal(CUSTOMER))
    answers: list[dict[str, Any]] = [
        {"response_action": "update", "view": modal(CUSTOMER, title=plain("Again"))},
        {"response_action": "push", "view": modal(section("sure?"), title=plain("Sure"))},
        {"response_action": "clear"},
    ]

    @either.bolt.view("form")
    def form(ack: Any) -> None:
        ack(**answers.pop(0))

    either.sara.fill("customer", "Acme")
    assert either.sara.submit().ok
    assert [(v.title, v.state) for v in either.sara.modals()] == [
        ("Again", {"customer": {"v": {"type": "plain_text_input", "value": "Acme"}}})
    ]
    assert either.sara.submit().ok
    below, top = either.sara.modals()
    assert (below.title, top.title) == ("Again", "Sure")
    assert (top.raw["root_view_id"], top.raw["previous_view_id"]) == (below.id, below.id)
    assert either.sara.submit().ok
    assert either.sara.modals() == []


def test_a_response_that_is_no_view_leaves_the_modal(stand: Stand) -> None:
    stand.open(modal(CUSTOMER))
    stand.submits({"response_action": "update", "view": {"type": "modal", "title": plain("x" * 25), "blocks": []}})
    stand.sara.fill("customer", "Acme")
    assert stand.sara.submit().error == "dispatch_failed"
    assert stand.sara.modal() is not None
    assert stand.sb.violations()[0]["where"] == "response_action"


def test_a_form_whose_app_is_silent_stays_open(stand: Stand) -> None:
    stand.open(modal(CUSTOMER))
    stand.sara.fill("customer", "Acme")
    assert stand.sara.submit().error == "dispatch_failed"
    assert stand.sara.modal() is not None


def test_an_update_keeps_what_was_typed_while_ids_stay(stand: Stand) -> None:
    stand.open(modal(CUSTOMER, field("Price", typed(initial_value="1"), "price.1")))
    form = stand.sara.modal()
    assert form is not None
    stand.sara.fill("customer", "Acme")
    stand.sara.fill("price.1", "7")

    kept = field("Customer", typed(initial_value="Other"), "customer")
    stand.client.views_update(view_id=form.id, view=modal(kept, field("Price", typed(initial_value="5"), "price.2")))

    now = stand.sara.modal()
    assert now is not None
    assert now.state == {
        "customer": {"v": {"type": "plain_text_input", "value": "Acme"}},
        "price.2": {"v": {"type": "plain_text_input", "value": "5"}},
    }
    assert now.id == form.id
    assert now.hash != form.hash


def test_what_is_submitted_is_what_stood_before_the_person(either: Stand) -> None:
    either.open(modal(CUSTOMER, private_metadata="first"))
    form = either.sara.modal()
    assert form is not None
    seen: list[tuple[str, str]] = []

    @either.bolt.view("form")
    def submitted(ack: Any, view: dict[str, Any]) -> None:
        seen.append((view["private_metadata"], view["state"]["values"]["customer"]["v"]["value"]))
        ack(response_action="errors", errors={"customer": "Once more."})

    either.sara.fill("customer", "Acme")
    either.client.views_update(view_id=form.id, view=modal(CUSTOMER, private_metadata="second"))
    either.sara.submit(shown=form.hash)
    either.sara.submit()
    assert seen == [("first", "Acme"), ("second", "Acme")]


def test_a_stale_hash_is_a_conflict(stand: Stand) -> None:
    stand.open(modal(CUSTOMER))
    form = stand.sara.modal()
    assert form is not None
    assert stand.error("views.update", view_id=form.id, hash=form.hash, view=modal(CUSTOMER)) is None
    assert stand.error("views.update", view_id=form.id, hash=form.hash, view=modal(CUSTOMER)) == "hash_conflict"
    assert stand.error("views.update", view_id="V0", view=modal(CUSTOMER)) == "not_found"
    assert stand.error("views.update", view=modal(CUSTOMER)) == "invalid_arguments"


def test_a_view_is_found_by_its_external_id(stand: Stand) -> None:
    stand.open(modal(CUSTOMER, external_id="deal-42"))
    assert stand.error("views.update", external_id="deal-42", view=modal(section("hi"), external_id="deal-42")) is None
    form = stand.sara.modal()
    assert form is not None
    assert form.as_text() == "hi"


def test_three_modals_are_the_limit(stand: Stand) -> None:
    stand.open(modal(actions(button("More", "more"))))
    seen: list[str] = []

    @stand.bolt.action("more")
    def more(ack: Any, body: dict[str, Any]) -> None:
        view = modal(actions(button("More", "more")))
        seen.append(str(stand.error("views.push", trigger_id=body["trigger_id"], view=view)))
        ack()

    for _ in range(3):
        stand.sara.press("More")
    assert seen == ["None", "None", "push_limit_reached"]
    assert len(stand.sara.modals()) == 3


def test_closing_tells_the_app_that_wants_to_know(either: Stand) -> None:
    told: list[bool] = []

    @either.bolt.view_closed("form")
    def closed(ack: Any, body: dict[str, Any]) -> None:
        told.append(body["is_cleared"])
        ack()

    either.open(modal(CUSTOMER, notify_on_close=True))
    assert either.sara.close().status == 200
    either.open(modal(CUSTOMER, notify_on_close=True, clear_on_close=True))
    either.sara.close()
    assert told == [False, True]
    assert either.sara.modals() == []
    with pytest.raises(NotPossible, match="Sara has no modal open"):
        either.sara.close()


def test_selects_dispatch_on_change_and_text_on_enter(either: Stand) -> None:
    pick = {"type": "static_select", "options": [option("Summit tent", "summit"), option("Base tent", "base")]}
    either.open(
        modal(
            field("Offer", pick, "offer", dispatch_action=True),
            field("Date", {"type": "datepicker"}, "date", dispatch_action=True),
            field("Quantity", typed(), "quantity", dispatch_action=True),
            field("Note", typed(), "note"),
        )
    )
    seen = either.hears("v")

    either.sara.fill_by_label("Offer", "Summit tent")
    either.sara.fill_by_label("Date", "2027-01-18")
    either.sara.fill_by_label("Quantity", "20")
    either.sara.enter("Quantity", "200")
    either.sara.enter("Note", "soon")

    told = [{key: value for key, value in body["actions"][0].items() if key != "action_ts"} for body in seen]
    assert told == [
        {
            "type": "static_select",
            "block_id": "offer",
            "action_id": "v",
            "selected_option": option("Summit tent", "summit"),
        },
        {"type": "datepicker", "block_id": "date", "action_id": "v", "selected_date": "2027-01-18"},
        {"type": "plain_text_input", "block_id": "quantity", "action_id": "v", "value": "200"},
    ]
    assert seen[0]["container"] == {"type": "view", "view_id": seen[0]["view"]["id"]}
    assert seen[2]["view"]["state"]["values"]["offer"]["v"]["selected_option"]["value"] == "summit"


def test_a_field_may_dispatch_on_each_character(stand: Stand) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    stand.open(modal(field("Name", typed(dispatch_action_config=config), "name", dispatch_action=True)))
    seen = stand.hears("v")
    stand.sara.fill("name", "A")
    assert [body["actions"][0]["value"] for body in seen] == ["A"]


def test_an_external_select_asks_the_app(either: Stand) -> None:
    asked: list[str] = []
    either.open(modal(field("Offer", {"type": "external_select", "min_query_length": 2}, "offer")))

    @either.bolt.options("v")
    def offers(ack: Any, payload: dict[str, Any]) -> None:
        asked.append(payload["value"])
        names = [name for name in ("Summit tent", "Summit tent XL", "Base tent") if payload["value"] in name]
        ack(options=[option(name, name.lower()) for name in names])

    assert either.sara.suggest("Offer", "Summit")[1] == option("Summit tent XL", "summit tent xl")
    either.sara.fill_by_label("Offer", "Summit tent")
    form = either.sara.modal()
    assert form is not None
    assert form.state["offer"]["v"]["selected_option"] == option("Summit tent", "summit tent")
    either.sara.fill_by_label("Offer", "Base")
    with pytest.raises(NotPossible, match="'Summit' is not one option; offered was: Summit tent, Summit tent XL"):
        either.sara.fill_by_label("Offer", "Summit")
    with pytest.raises(NotPossible, match="options appear only after 2 characters"):
        either.sara.suggest("Offer", "S")
    assert asked == ["Summit", "Summit tent", "Base", "Summit"]


def test_option_groups_are_suggested_too(stand: Stand) -> None:
    stand.open(modal(field("Offer", {"type": "external_select", "min_query_length": 0}, "offer")))

    @stand.bolt.options("v")
    def offers(ack: Any) -> None:
        ack(option_groups=[{"label": plain("Tents"), "options": [option("Summit tent")]}])

    assert stand.sara.suggest("Offer", "")[0]["label"] == plain("Tents")
    stand.sara.fill_by_label("Offer", "Summit tent")
    assert stand.sb.violations() == []


def test_too_many_suggestions_are_a_violation(stand: Stand) -> None:
    stand.open(modal(field("Offer", {"type": "external_select", "min_query_length": 0}, "offer")))

    @stand.bolt.options("v")
    def offers(ack: Any) -> None:
        ack(options=[option(str(number)) for number in range(101)])

    with pytest.raises(NotPossible, match="no more than 100 items allowed"):
        stand.sara.suggest("Offer", "")
    assert stand.sb.violations()[0]["where"] == "block_suggestion"


def test_a_trigger_is_used_once_and_expires(stand: Stand) -> None:
    triggers: list[str] = []

    @stand.bolt.command("/order")
    def order(ack: Any, body: dict[str, Any]) -> None:
        triggers.append(body["trigger_id"])
        ack()

    stand.sara.command("tents-ops", "/order")
    assert stand.error("views.open", trigger_id=triggers[0], view=modal(CUSTOMER)) is None
    assert stand.error("views.open", trigger_id=triggers[0], view=modal(CUSTOMER)) == "exchanged_trigger_id"
    assert stand.error("views.open", trigger_id="1.2.3", view=modal(CUSTOMER)) == "invalid_trigger_id"
    assert stand.error("views.open", view=modal(CUSTOMER)) == "invalid_arguments"
    stand.sb.configure(trigger_seconds=0)
    stand.sara.command("tents-ops", "/order")
    assert stand.error("views.open", trigger_id=triggers[1], view=modal(CUSTOMER)) == "expired_trigger_id"


def test_a_listener_may_update_the_view_before_it_acks(either: Stand) -> None:
    either.open(modal(CUSTOMER, actions(button("Check", "check"))))

    @either.bolt.action("check")
    def check(ack: Any, body: dict[str, Any], client: WebClient) -> None:
        view = body["view"]
        client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("It fits."), CUSTOMER))
        ack()

    either.sara.fill("customer", "Acme")
    assert either.sara.press("Check").ok
    form = either.sara.modal()
    assert form is not None
    assert form.as_text() == "It fits.\nCustomer: Acme"


def test_a_global_shortcut_opens_a_modal(either: Stand) -> None:
    @either.bolt.shortcut("order")
    def order(ack: Any, shortcut: dict[str, Any], client: WebClient) -> None:
        client.views_open(trigger_id=shortcut["trigger_id"], view=modal(CUSTOMER))
        ack()

    assert either.sara.shortcut("order").ok
    assert either.sara.modal() is not None
    with pytest.raises(NotPossible, match="no global shortcut order_this"):
        either.sara.shortcut("order_this")


def test_a_conversation_picked_in_a_form_gives_a_response_url(stand: Stand) -> None:
    pick = {"type": "conversations_select", "response_url_enabled": True}
    stand.open(modal(field("Where", pick, "where")))
    seen = stand.submits()
    stand.sara.fill("where", "tents-ops")
    stand.sara.submit()
    told = seen[0]["response_urls"][0]
    assert (told["block_id"], told["action_id"], told["channel_id"]) == ("where", "v", stand.channel)


def test_a_modal_without_a_submit_button_cannot_be_sent(stand: Stand) -> None:
    view = modal(section("just words"))
    del view["submit"]
    stand.open(view)
    with pytest.raises(NotPossible, match="no button to submit"):
        stand.sara.submit()
