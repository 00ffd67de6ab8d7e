"""Every block as a reader meets it."""

from typing import Any

from playwright.sync_api import Page, expect

from tests.sandbox.stand import Stand, actions, button, mrkdwn, option, plain, section

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    return {"type": "rich_text", "elements": list(elements)}


def run(*parts: dict[str, Any], kind: str = "rich_text_section", **more: Any) -> dict[str, Any]:
    return {"type": kind, "elements": list(parts), **more}


def text(words: str, **style: bool) -> dict[str, Any]:
    return {"type": "text", "text": words, **({"style": style} if style else {})}


def test_text_blocks_render(stand: Stand, page: Page) -> None:
    stand.post(
        {"type": "header", "text": plain("Deal 42")},
        section(
            "*bold* _italic_ ~gone~ `code` <https://example.com|a link>\n> quoted",
            fields=[mrkdwn("one"), mrkdwn("two")],
        ),
        {"type": "divider"},
        {"type": "context", "elements": [mrkdwn("small *print*"), plain(":tent: camp")]},
        {"type": "markdown", "text": "## Title\n\n**strong** and [there](https://example.com)\n\n- first\n- second"},
    )
    message = page.get_by_role("article").last
    expect(message.get_by_role("heading", name="Deal 42")).to_be_visible()
    words = message.locator(".block-section .words > .text")
    assert words.inner_html().startswith("<strong>bold</strong> <em>italic</em> <s>gone</s> <code>code</code> <a href=")
    expect(words.locator("blockquote")).to_have_text("quoted")
    expect(message.locator(".fields .text")).to_have_text(["one", "two"])
    expect(message.get_by_role("separator")).to_be_visible()
    expect(message.locator(".block-context > span")).to_have_text(["small print", "⛺ camp"])
    expect(message.locator(".block-markdown li")).to_have_text(["first", "second"])
    expect(message.locator(".block-markdown .heading")).to_have_text("Title")


def test_rich_text_renders_names_dates_lists_and_bars(stand: Stand, page: Page) -> None:
    day = {"type": "date", "timestamp": 1_795_536_000, "format": "{date_short_pretty}, {time}", "fallback": "?"}
    stand.post(
        rich(
            run(
                {"type": "user", "user_id": stand.sara.id},
                text(" and "),
                {"type": "channel", "channel_id": stand.channel},
            ),
            run(text("thick", bold=True), text("mono", code=True), {"type": "emoji", "name": "tada"}, day),
            run(run(text("first")), run(text("second")), kind="rich_text_list", style="ordered"),
            run(text("said"), kind="rich_text_quote"),
            run(text("wk 1  ▓▓▓▒░░\nwk 22 ▓▒▒▒▒░"), kind="rich_text_preformatted"),
        )
    )
    message = page.get_by_role("article").last
    expect(message.locator(".mention-me")).to_have_text("@Sara")
    expect(message.get_by_role("link", name="#tents-ops")).to_be_visible()
    expect(message.locator("time", has_text="tomorrow, 9:00 AM")).to_be_visible()
    expect(message.locator("ol li")).to_have_text(["first", "second"])
    expect(message.locator("blockquote")).to_have_text("said")
    widths = [box.bounding_box() for box in message.locator("pre .shade-2, pre .shade-1, pre .shade-0").all()]
    starts = [box["x"] for box in widths if box]
    assert starts[0] == starts[3]
    assert sum(box["width"] for box in widths[:3] if box) == sum(box["width"] for box in widths[3:] if box)


def test_a_table_has_a_head_and_aligned_columns(stand: Stand, page: Page) -> None:
    cells = [[{"type": "raw_text", "text": word} for word in row] for row in (["Week", "Hours"], ["4 Jan", "62"])]
    stand.post({"type": "table", "rows": cells, "column_settings": [{"align": "left"}, {"align": "right"}]})
    expect(page.get_by_role("columnheader")).to_have_text(["Week", "Hours"])
    expect(page.get_by_role("cell", name="62")).to_have_css("text-align", "right")


def test_pictures_of_the_house_show_and_others_are_not_fetched(stand: Stand, page: Page) -> None:
    file = stand.client.files_upload_v2(content=PIXEL, filename="load.png", title="Load", channel=stand.channel)
    ident = file["files"][0]["id"]
    stand.post(
        {"type": "image", "slack_file": {"id": ident}, "alt_text": "the load"},
        {"type": "image", "image_url": "https://example.com/x.png", "alt_text": "elsewhere"},
        section("words", accessory={"type": "image", "image_url": "https://example.com/y.png", "alt_text": "far"}),
    )
    expect(page.get_by_role("figure").filter(has_text="Load").locator("img")).to_be_visible()
    expect(page.locator("img[alt='the load']")).to_have_js_property("naturalWidth", 1)
    expect(page.get_by_role("img", name="elsewhere")).to_have_text("elsewhere")
    expect(page.get_by_role("img", name="far")).to_be_visible()


def test_buttons_say_what_they_are_and_reach_the_app(stand: Stand, page: Page) -> None:
    heard = stand.hears("yes")
    danger, link = button("No", "no", style="danger"), button("Read", "yes", url="https://example.com/")
    stand.post(actions(button("Yes", "yes", style="primary", value="7"), danger))
    expect(page.get_by_role("button", name="No", exact=True)).to_have_class("btn btn-danger")
    page.get_by_role("button", name="Yes").click()
    stand.sb.until(lambda: heard)
    assert heard[0]["actions"][0]["value"] == "7"
    stand.post(actions({**link, "action_id": "read"}))
    expect(page.get_by_role("link", name="Read", exact=True)).to_have_attribute("href", "https://example.com/")


def test_a_button_that_asks_acts_only_after_yes(stand: Stand, page: Page) -> None:
    heard = stand.hears("drop")
    asks = {
        "title": plain("Sure?"),
        "text": mrkdwn("This *cannot* be undone"),
        "confirm": plain("Drop"),
        "deny": plain("Keep"),
    }
    stand.post(actions(button("Drop it", "drop", confirm={**asks, "style": "danger"})))
    page.get_by_role("button", name="Drop it").click()
    question = page.get_by_role("dialog", name="Sure?")
    expect(question).to_contain_text("This cannot be undone")
    question.get_by_role("button", name="Keep").click()
    expect(question).to_be_hidden()
    page.get_by_role("button", name="Drop it").click()
    question.get_by_role("button", name="Drop").click()
    stand.sb.until(lambda: heard)
    assert len(heard) == 1


def test_an_overflow_menu_and_selects_in_a_message_reach_the_app(stand: Stand, page: Page) -> None:
    for action in ("more", "week", "who"):
        stand.hears(action)
    weeks = [option("wk 4 Jan"), option("wk 11 Jan")]
    stand.post(
        actions(
            {"type": "overflow", "action_id": "more", "options": [option("Numbers", "n"), option("Decline", "d")]},
            {"type": "static_select", "action_id": "week", "placeholder": plain("Week"), "options": weeks},
            {"type": "users_select", "action_id": "who", "placeholder": plain("Who")},
        )
    )

    def clicks() -> list[dict[str, Any]]:
        return [request for request in stand.sb.requests() if request["kind"] == "block_actions"]

    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Decline").click()
    assert stand.sb.until(lambda: len(clicks()) == 1)
    page.get_by_label("Week").select_option("wk 11 Jan")
    assert stand.sb.until(lambda: len(clicks()) == 2)
    page.get_by_role("combobox", name="Who").fill("sar")
    page.get_by_role("option", name="Sara").click()
    expect(page.get_by_role("combobox", name="Who")).to_have_value("Sara")
    stand.sb.until(lambda: len(clicks()) == 3)
    acts = [click["payload"]["actions"][0] for click in clicks()]
    chosen = [act.get("selected_user") or act["selected_option"]["value"] for act in acts]
    assert chosen == ["d", "wk 11 Jan", stand.sara.id]
