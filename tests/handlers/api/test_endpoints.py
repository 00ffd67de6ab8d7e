"""Endpoints: what was seen is what is acted upon, and two never answer the same address."""

from collections import Counter

from handlers.api.endpoints import ENDPOINTS
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


def test_no_address_is_answered_twice() -> None:
    addresses = Counter((endpoint.method, endpoint.path) for endpoint in ENDPOINTS)
    assert [address for address, count in addresses.items() if count > 1] == []
    assert {endpoint.path for endpoint in ENDPOINTS if endpoint.method != "GET" and not endpoint.is_writing} == {
        "/checks"
    }
