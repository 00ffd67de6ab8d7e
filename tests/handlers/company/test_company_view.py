"""Windows of the company within Slack's limits, whatever names there are."""

from handlers.company.company_view import (
    EntryShown,
    Named,
    company_view,
    entry_view,
    family_view,
    list_view,
    need_view,
    needs_view,
)
from handlers.company.fields import OFFER
from handlers.company.targets import CompanyTarget
from sandbox.render import render_blocks

LONG = "<@U1> *x* " * 40


def test_names_are_text_and_fit() -> None:
    for view in (
        company_view(LONG, "USD", {"offer": 0, "resource": 0, "customer": 0}),
        list_view("offer", [Named(n, LONG) for n in range(12)], 40, CompanyTarget(kind="offer", page=1), "x"),
        entry_view(EntryShown("offer", OFFER, {"name": LONG[:200]}, CompanyTarget(kind="offer", row=1), retire=LONG)),
        needs_view(LONG, [LONG] * 60, CompanyTarget(row=1)),
        need_view(LONG, [LONG] * 120, LONG, {}, CompanyTarget(row=1, need=1)),
        family_view([f"{n} {LONG}" for n in range(120)]),
    ):
        body = view.to_dict()
        assert len(body["blocks"]) <= 100
        assert len(body["title"]["text"]) <= 24
        assert len(body["private_metadata"]) <= 3000
        assert render_blocks(body["blocks"])


def test_buttons_of_a_page_are_each_their_own() -> None:
    view = list_view(
        "offer", [Named(n, "x") for n in range(1, 13)], 40, CompanyTarget(kind="offer", page=1), ""
    ).to_dict()
    elements = [
        e for b in view["blocks"] for e in (*b.get("elements", ()), *([b["accessory"]] if "accessory" in b else []))
    ]
    ids = [element["action_id"] for element in elements]
    assert len(set(ids)) == len(ids) >= 15
    texts = [element["text"]["text"] for element in elements]
    assert {"Previous", "Next", "Back", "Add an offer…"} <= set(texts)
