"""Files: chosen in a form as people choose them, and charts as readers meet them."""

from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.test_browser_blocks import PIXEL
from tests.browser.test_browser_forms import shown, state
from tests.browser.test_browser_house import serious
from tests.sandbox.stand import Stand, actions, button, field, home, modal, mrkdwn, section, typed


def csv(name: str, content: bytes = b"offer,price\n") -> FilePayload:
    return {"name": name, "mimeType": "text/csv", "buffer": content}


def files(**more: Any) -> dict[str, Any]:
    return {"type": "file_input", **more}


def chips(page: Page) -> Any:
    return page.get_by_role("dialog").locator(".chip")


def test_files_are_chosen_taken_back_and_sent(stand: Stand, page: Page) -> None:
    seen = stand.submits()
    shown(stand, page, field("Price list", files(filetypes=["csv", "xlsx"]), "list"))
    chooser = page.get_by_label("Price list")
    expect(chooser).to_be_focused()
    expect(chooser).to_have_attribute("accept", ".csv,.xlsx")
    chooser.set_input_files([csv("Prices 2027.csv"), csv("old.csv")])
    expect(chips(page)).to_have_text(["Prices 2027.csv 12 Bytes", "old.csv 12 Bytes"])
    expect(chooser).to_have_value("")
    page.get_by_role("button", name="Remove old.csv").click()
    expect(chips(page)).to_have_text(["Prices 2027.csv 12 Bytes"])
    assert serious(page) == []
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert [(file["name"], file["user"]) for file in state(seen)["list"]["files"]] == [
        ("Prices 2027.csv", stand.sara.id)
    ]


def test_sending_at_once_waits_for_the_file(stand: Stand, page: Page) -> None:
    seen = stand.submits()
    shown(stand, page, field("Price list", files(max_files=1), "list"), field("Words", typed(), "words"))
    page.get_by_label("Words").fill("by hand")
    expect(page.get_by_label("Price list")).not_to_have_attribute("multiple", "")
    page.get_by_label("Price list").set_input_files(csv("big.csv", b"x" * 5_000_000))
    page.get_by_role("dialog").get_by_role("button", name="Send").click()
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert (state(seen)["list"]["files"][0]["size"], state(seen)["words"]["value"]) == (5_000_000, "by hand")


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        (csv("notes.pdf"), "notes.pdf cannot be uploaded here, only csv files can."),
        (csv("big.csv", b"x" * 10_000_001), "big.csv is larger than 10 MB."),
    ],
    ids=["kind", "size"],
)
def test_what_does_not_fit_is_refused_under_its_field(
    stand: Stand, page: Page, file: FilePayload, sentence: str
) -> None:
    shown(stand, page, field("Price list", files(filetypes=["csv"]), "list"), field("Words", typed(), "words"))
    page.get_by_label("Words").fill("kept")
    chooser = page.get_by_label("Price list")
    chooser.set_input_files(file)
    expect(chooser).to_have_accessible_description(sentence)
    expect(chips(page)).to_have_count(0)
    expect(page.get_by_label("Words")).to_have_value("kept")
    chooser.set_input_files(csv("prices.csv"))
    expect(chips(page)).to_have_text(["prices.csv 12 Bytes"])
    expect(chooser).not_to_have_attribute("aria-invalid", "true")


def test_files_survive_an_update_of_the_form(stand: Stand, page: Page) -> None:
    def form(words: str) -> dict[str, Any]:
        return modal(section(words), field("Price list", files(), "list"), actions(button("Check", "check")))

    @stand.bolt.action("check")
    def check(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        [file] = body["view"]["state"]["values"]["list"]["v"]["files"]
        client.views_update(view_id=body["view"]["id"], view=form(f"Read {file['name']}"))

    stand.open(form("Nothing yet"))
    page.get_by_label("Price list").set_input_files(csv("prices.csv"))
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_text("Read prices.csv")).to_be_visible()
    expect(chips(page)).to_have_text(["prices.csv 12 Bytes"])


def test_a_chart_shows_wherever_an_image_may_stand(stand: Stand, page: Page) -> None:
    """A chart that was uploaded to nobody, in a message and at Home, as a block and beside words."""
    file = stand.client.files_upload_v2(content=PIXEL, filename="load.png", title="Load")["files"][0]
    one, other = {"slack_file": {"id": file["id"]}}, {"slack_file": {"url": file["url_private"]}}
    blocks = [
        {"type": "image", "alt_text": "the load", **one},
        section("words", accessory={"type": "image", "alt_text": "beside", **other}),
        {"type": "context", "elements": [{"type": "image", "alt_text": "small", **one}, mrkdwn("print")]},
    ]
    stand.post(*blocks)
    stand.client.views_publish(user_id=stand.sara.id, view=home(*blocks))
    for place in (f"c/{stand.channel}", f"app/{stand.app.app_id}"):
        page.goto(f"{stand.sb.url}/as/{stand.sara.id}/{place}")
        for words in ("the load", "beside", "small"):
            expect(page.get_by_role("img", name=words)).to_have_js_property("naturalWidth", 1)
