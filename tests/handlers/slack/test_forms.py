"""What a form holds, from Slack's state."""

from handlers.slack.forms import Filled


def state(**blocks: dict[str, object]) -> dict[str, object]:
    return {"state": {"values": {name: {"edit": element} for name, element in blocks.items()}}}


def test_every_kind_of_field_is_read() -> None:
    option = {"text": {"type": "plain_text", "text": "Price"}, "value": "price"}
    form = Filled.read(
        state(
            words={"value": " Soon. "},
            day={"selected_date": "2027-01-18"},
            at={"selected_date_time": 1800000000},
            who={"selected_user": "U1"},
            why={"selected_option": option},
            many={"selected_options": [option, option | {"value": "date"}]},
            file={"files": [{"name": "order.pdf", "permalink": "https://slack.example/files/1"}]},
        )
    )
    assert [form[name] for name in ("words", "day", "at", "who", "why", "nothing")] == [
        "Soon.",
        "2027-01-18",
        "1800000000",
        "U1",
        "price",
        "",
    ]
    assert (form.labels["why"], form.many["many"]) == ("Price", ("price", "date"))
    assert form.files == {"file": ("order.pdf", "https://slack.example/files/1")}


def test_form_without_a_state_is_empty() -> None:
    assert (Filled.read({})["words"], Filled.read({"state": {}}).files) == ("", {})


def test_fields_of_a_row_are_told_apart_by_their_action() -> None:
    view = {"state": {"values": {"row": {"filter.state": {"value": "won"}, "filter.family": {"value": "Tents"}}}}}
    form = Filled.read(view)
    assert (form["state"], form["family"]) == ("won", "Tents")
