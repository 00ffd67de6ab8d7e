"""Endpoints: what was seen is what is acted upon, and two never answer the same address."""

from collections import Counter
from typing import Any

import pytest

from handlers.api import deals
from handlers.api.app import MODULES
from handlers.api.deal_documents import WholeDeal
from handlers.api.deal_writing import whole_deal
from handlers.api.endpoints import ENDPOINTS
from models.deals.rows import Deal
from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import proposed
from tests.stage import Stage


def test_what_was_seen_is_what_is_answered(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    proposed(sara)
    stale = sara.post("/deals/1/withdraw", json={}, headers={"If-Match": '"something else"'})
    assert (stale.status_code, stage.state()) == (412, "proposed")
    stage.sb.settle()
    seen = sara.get("/deals/1")
    for tag in (seen.headers["ETag"], f"W/{seen.headers['ETag']}"):
        assert sara.get("/deals/1", headers={"If-None-Match": tag}).status_code == 304
    done = sara.post("/deals/1/withdraw", json={"why": "Typed twice."}, headers={"If-Match": seen.headers["ETag"]})
    assert done.json()["state"] == "withdrawn", done.text


def test_what_was_seen_is_compared_once_nobody_else_can_change_it(
    asking: Asking, monkeypatch: pytest.MonkeyPatch
) -> None:
    sara, order = asking("Sara"), list[str]()
    proposed(sara)
    lock, document = Deal.lock, whole_deal

    def locking(deal: Deal) -> None:
        order.append("locked")
        lock(deal)

    def writing(deal: Deal, **given: Any) -> WholeDeal:
        order.append("read")
        return document(deal, **given)

    monkeypatch.setattr(Deal, "lock", locking)
    monkeypatch.setattr(deals, "whole_deal", writing)
    assert sara.post("/deals/1/withdraw", json={}, headers={"If-Match": '"older"'}).status_code == 412
    assert order[:2] == ["locked", "read"]


def test_no_address_is_answered_twice() -> None:
    assert {endpoint.function.__module__ for endpoint in ENDPOINTS} == {module.__name__ for module in MODULES}
    addresses = Counter((endpoint.method, endpoint.path) for endpoint in ENDPOINTS)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert {endpoint.path for endpoint in ENDPOINTS if endpoint.method != "GET" and not endpoint.is_writing} == {
        "/checks"
    }
