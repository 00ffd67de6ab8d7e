"""Files that people choose in a form."""

from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.client import NotPossible, Sandbox
from sandbox.limits import check_message_blocks, check_view
from tests.sandbox.stand import Stand, actions, button, field, home, modal, section, typed, without

PRICES = ("Prices 2027.csv", b"offer,price\n")


def files(**more: Any) -> dict[str, Any]:
    return {"type": "file_input", **more}


def form(**more: Any) -> dict[str, Any]:
    return modal(field("Price list", files(**more), "list"))


def problems(view: dict[str, Any]) -> list[str]:
    return list(check_view(view, view["type"]))


def held(stand: Stand, block_id: str = "list") -> list[str]:
    view = stand.sara.modal()
    assert view is not None
    return [file["name"] for file in view.state[block_id]["v"]["files"]]


def test_a_file_that_is_chosen_reaches_the_app(either: Stand) -> None:
    seen = either.submits()
    either.open(form(filetypes=["csv", "xlsx"], max_files=1))
    assert either.sara.attach("Price list", PRICES).ok
    view = either.sara.modal()
    assert view is not None
    assert view.as_text() == "Price list: Prices 2027.csv"
    assert either.sara.submit().ok
    ws, team, sara, now = either.sb.url, either.app.team_id, either.sara.id, int(either.sb.now().timestamp())
    [told] = seen[0]["view"]["state"]["values"]["list"]["v"]["files"]
    ident = told["id"]
    assert seen[0]["view"]["state"]["values"] == {"list": {"v": {"type": "file_input", "files": [told]}}}
    assert told == {
        "id": ident,
        "created": now,
        "timestamp": now,
        "name": "Prices 2027.csv",
        "title": "Prices 2027.csv",
        "mimetype": "text/csv",
        "filetype": "csv",
        "user": sara,
        "user_team": team,
        "editable": False,
        "size": 12,
        "mode": "hosted",
        "is_external": False,
        "external_type": "",
        "is_public": False,
        "public_url_shared": False,
        "url_private": f"{ws}/files-pri/{team}-{ident}/prices_2027.csv",
        "url_private_download": f"{ws}/files-pri/{team}-{ident}/download/prices_2027.csv",
        "permalink": f"{ws}/files/{sara}/{ident}/prices_2027.csv",
        "channels": [],
        "groups": [],
        "ims": [],
        "alt_txt": "",
        "file_access": "visible",
    }
    assert either.sb.files() == [told]
    assert either.sb.channel(either.channel) == []
    assert either.sb.violations() == []


def test_a_button_in_the_form_tells_the_files_too(stand: Stand) -> None:
    seen = stand.hears("check")
    stand.open(modal(field("Price list", files(), "list"), actions(button("Check", "check"))))
    stand.sara.attach("list", PRICES, ("notes.txt", b"x"))
    stand.sara.press("Check")
    told = seen[0]["view"]["state"]["values"]["list"]["v"]
    assert (told["type"], [file["name"] for file in told["files"]]) == ("file_input", ["Prices 2027.csv", "notes.txt"])


def test_a_form_that_nobody_gave_a_file_has_none(stand: Stand) -> None:
    seen = stand.submits()
    stand.open(form())
    assert stand.sara.submit().errors == {"list": "Please complete this required field."}
    stand.sara.close()
    stand.open(modal(field("Price list", files(), "list", optional=True)))
    assert stand.sara.submit().ok
    assert seen[0]["view"]["state"]["values"] == {"list": {"v": {"type": "file_input", "files": []}}}


@pytest.mark.parametrize(
    ("element", "given", "sentence"),
    [
        (
            {"filetypes": ["csv", "xlsx"]},
            [("notes.pdf", b"x")],
            "notes.pdf cannot be uploaded here, only csv and xlsx files can.",
        ),
        ({"filetypes": ["csv"]}, [("csv", b"x")], "csv cannot be uploaded here, only csv files can."),
        ({"max_files": 1}, [PRICES, PRICES], "No more than 1 file can be uploaded here."),
        ({"max_files": 2}, [PRICES] * 3, "No more than 2 files can be uploaded here."),
        ({}, [PRICES] * 11, "No more than 10 files can be uploaded here."),
        ({}, [("big.csv", b"x" * 10_000_001)], "big.csv is larger than 10 MB."),
        ({}, [("none.csv", b"")], "none.csv is empty."),
    ],
    ids=["kind", "no extension", "one", "two", "ten", "size", "empty"],
)
def test_a_file_that_does_not_fit_is_refused_under_its_field(
    stand: Stand, element: dict[str, Any], given: list[tuple[str, bytes]], sentence: str
) -> None:
    stand.open(form(**element))
    assert stand.sara.attach("Price list", *given).errors == {"list": sentence}
    view = stand.sara.modal()
    assert view is not None
    assert (view.errors, held(stand), stand.sb.files()) == ({"list": sentence}, [], [])


@pytest.mark.parametrize(
    ("element", "given"),
    [
        ({"filetypes": ["csv", "xlsx"]}, [("PRICES.XLSX", b"x")]),
        ({"filetypes": ["jpg"]}, [("photo.jpeg", b"x")]),
        ({"max_files": 1}, [PRICES]),
        ({}, [PRICES] * 10),
        ({}, [("big.csv", b"x" * 10_000_000)]),
    ],
    ids=["kind", "another name of the kind", "one", "ten", "size"],
)
def test_a_file_that_fits_is_taken(stand: Stand, element: dict[str, Any], given: list[tuple[str, bytes]]) -> None:
    stand.open(form(**element))
    assert stand.sara.attach("Price list", *given).ok
    assert held(stand) == [name for name, _ in given]


def test_what_is_chosen_later_comes_besides_and_can_be_taken_back(stand: Stand) -> None:
    stand.open(form(max_files=2))
    stand.sara.attach("Price list", PRICES)
    stand.sara.attach("Price list", ("b.csv", b"b"))
    assert stand.sara.attach("Price list", ("c.csv", b"c")).errors != {}
    assert stand.sara.detach("Price list", "b.csv").ok
    view = stand.sara.modal()
    assert view is not None
    assert (view.errors, held(stand)) == ({}, ["Prices 2027.csv"])
    with pytest.raises(NotPossible, match=r"no file b\.csv is chosen; there are: Prices 2027\.csv"):
        stand.sara.detach("Price list", "b.csv")
    stand.sara.fill("Price list", None)
    assert held(stand) == []


def test_files_stay_over_an_update_while_the_ids_do(stand: Stand) -> None:
    stand.open(form())
    stand.sara.attach("Price list", PRICES)
    view = stand.sara.modal()
    assert view is not None
    stand.client.views_update(view_id=view.id, view=modal(section("Reading"), field("List", files(), "list")))
    assert held(stand) == ["Prices 2027.csv"]
    stand.client.views_update(view_id=view.id, view=modal(field("List", files(), "list.2")))
    assert held(stand, "list.2") == []


def test_an_update_may_leave_too_many_files(stand: Stand) -> None:
    stand.open(form())
    stand.sara.attach("Price list", PRICES, PRICES)
    view = stand.sara.modal()
    assert view is not None
    stand.client.views_update(view_id=view.id, view=form(max_files=1))
    assert stand.sara.submit().errors == {"list": "No more than 1 file can be uploaded here."}


def test_files_are_attached_and_words_are_typed(stand: Stand) -> None:
    stand.open(modal(field("Price list", files(), "list"), field("Words", typed(), "words")))
    with pytest.raises(NotPossible, match="files are attached, not typed"):
        stand.sara.fill("Price list", "prices.csv")
    with pytest.raises(NotPossible, match="Words takes no files"):
        stand.sara.attach("Words", PRICES)


@pytest.mark.parametrize(
    "element", [{}, {"max_files": 1}, {"max_files": 10}, {"filetypes": ["csv", "7z"]}, {"action_id": "x" * 255}]
)
def test_a_form_takes_a_field_of_files(element: dict[str, Any]) -> None:
    assert problems(form(**element)) == []


@pytest.mark.parametrize(
    ("element", "problem"),
    [
        ({"max_files": 0}, "must be between 1 and 10 [json-pointer:/view/blocks/0/element/max_files]"),
        ({"max_files": 11}, "must be between 1 and 10 [json-pointer:/view/blocks/0/element/max_files]"),
        (
            {"filetypes": [".csv"]},
            "must be a file extension without a dot [json-pointer:/view/blocks/0/element/filetypes/0]",
        ),
        ({"filetypes": []}, "no fewer than 1 items allowed [json-pointer:/view/blocks/0/element/filetypes]"),
        (
            {"filetypes": [1]},
            "must be a file extension without a dot [json-pointer:/view/blocks/0/element/filetypes/0]",
        ),
        ({"action_id": "x" * 256}, "must be less than 256 characters [json-pointer:/view/blocks/0/element/action_id]"),
        (
            {"placeholder": {"type": "plain_text", "text": "x"}},
            "invalid additional property: placeholder [json-pointer:/view/blocks/0/element]",
        ),
    ],
)
def test_a_field_of_files_has_limits(element: dict[str, Any], problem: str) -> None:
    assert problems(form(**element)) == [problem]


def test_a_field_of_files_tells_nothing_at_once() -> None:
    told = field("Price list", files(), "list", dispatch_action=True)
    assert problems(modal(told)) == [
        "unsupported type: file_input with dispatch_action [json-pointer:/view/blocks/0/element]"
    ]


def test_files_are_taken_in_forms_alone(stand: Stand) -> None:
    shown = home(field("Price list", files(), "list"))
    assert problems(shown) == ["unsupported input element type: file_input [json-pointer:/view/blocks/0/element]"]
    assert stand.error("views.publish", user_id=stand.sara.id, view=shown) == "invalid_arguments"
    for block in (actions(files()), section("x", accessory=files()), shown["blocks"][0]):
        assert any("unsupported" in problem for problem in check_message_blocks([block]))
    assert stand.error("chat.postMessage", channel=stand.channel, blocks=[actions(files())]) == "invalid_blocks"


def test_a_form_that_takes_files_needs_to_read_them(sb: Sandbox) -> None:
    sara = sb.add_person("Sara")
    app = sb.install(without("files:read"))
    client = WebClient(token=app.bot_token, base_url=f"{sb.url}/api/", retry_handlers=[])
    me = sb.person(sara)
    sb.add_channel("tents-ops", [sara])
    me.command("tents-ops", "/order")
    trigger = sb.requests(last=1)[-1]["payload"]["trigger_id"]
    with pytest.raises(SlackApiError) as refusal:
        client.views_open(trigger_id=trigger, view=form())
    assert (refusal.value.response["error"], refusal.value.response["needed"]) == ("missing_scope", "files:read")
