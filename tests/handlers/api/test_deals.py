"""Deals through the API: proposed, read, answered; the same call twice does nothing twice."""

import httpx

from tests.handlers.api.conftest import Asking
from tests.stage import Stage

DEAL = {
    "customer": "Acme",
    "lines": [{"offer": "Summit tent", "quantity": 60, "by": "2027-01-20", "unit_price": "432.00"}],
    "told": "They open in February.",
    "external": {"salesforce": "006A"},
}


def proposed(client: httpx.Client, **more: object) -> dict[str, object]:
    answer = client.post("/deals", json={**DEAL, **more})
    assert answer.status_code == 201, answer.text
    return dict(answer.json())


def test_deal_is_proposed_read_and_stands_in_slack(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    deal = proposed(sara)
    assert deal["number"] == 1
    assert deal["state"] == "proposed"
    assert deal["seller"] == "Sara"
    assert deal["external"] == {"salesforce": "006A"}
    line = {"offer": "Summit tent", "quantity": 60, "unit_price": "432.00", "week": "2027-01-18"}
    assert deal["lines"] == [{**line, "unit": "tent", "list_price": "480.00"}]
    stage.sb.settle()
    assert "Acme" in stage.card().as_text()
    assert "They open in February." in stage.card().as_text()
    assert sara.get("/deals/1").json()["proposals"][0]["lines"] == [line]
    told = sara.get("/deals/1/history").json()["acts"]
    assert [(act["move"], act["by"]) for act in told] == [("propose", "Sara")]


def test_deal_of_a_known_key_is_not_proposed_again(asking: Asking) -> None:
    sara = asking("Sara")
    proposed(sara)
    again = sara.post("/deals", json={**DEAL, "customer": "Acme Inc."})
    assert (again.status_code, again.json()["number"], again.json()["customer"]) == (200, 1, "Acme")
    assert sara.get("/deals", params={"external": "salesforce:006A"}).json()["count"] == 1
    assert sara.get("/deals", params={"external": "salesforce:006B"}).json()["deals"] == []


def test_same_request_by_its_key_gets_the_same_answer_and_does_nothing(asking: Asking) -> None:
    sara = asking("Sara")
    key = {"Idempotency-Key": "k1"}
    given = {**DEAL, "external": {}}
    first, second = (sara.post("/deals", json=given, headers=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert second.headers["Idempotent-Replayed"] == "true"
    other = sara.post("/deals", json={**given, "customer": "Beta"}, headers=key)
    assert (other.status_code, other.json()["type"]) == (422, "urn:belay:other-request")
    assert sara.get("/deals").json()["count"] == 1


def test_counter_is_accepted_won_and_delivered(stage: Stage, asking: Asking) -> None:
    sara, olga = asking("Sara"), asking("Olga")
    proposed(sara)
    stage.sb.settle()
    person = stage.person("Olga")
    person.press("Counter…", in_=stage.card())
    stage.sb.settle()
    person.fill_by_label("Quantity", "50")
    stage.sb.settle()
    assert person.submit().ok
    stage.sb.settle()
    deal = sara.get("/deals/1").json()
    assert (deal["state"], deal["version"]) == ("countered", 2)
    assert {"accept", "counter_back", "withdraw"} <= set(deal["may"])
    unsaid = sara.post("/deals/1/accept", json={})
    assert (unsaid.status_code, unsaid.json()["errors"][0]["field"]) == (422, "version")
    late = sara.post("/deals/1/accept", json={"version": 1})
    assert (late.status_code, late.json()["type"]) == (409, "urn:belay:too-late")
    assert "version 2" in late.json()["detail"]
    assert sara.post("/deals/1/accept", json={"version": 2}).json()["state"] == "approved"
    assert sara.post("/deals/1/win").json()["state"] == "won"
    again = sara.post("/deals/1/win")
    assert (again.status_code, again.json()["title"]) == (409, "Not possible in this state")
    refused = sara.post("/deals/1/deliver", json={})
    assert (refused.status_code, refused.json()["type"]) == (403, "urn:belay:not-yours")
    (delivery,) = olga.get("/deals/1").json()["deliveries"]
    report = {"delivery": delivery["id"], "delivered": 50, "arrived": "2026-11-23"}
    delivered = olga.post("/deals/1/deliver", json={"reports": [report]})
    assert delivered.json()["state"] == "delivered", delivered.text
    stage.sb.settle()
    assert stage.state() == "delivered"


def test_deals_come_page_by_page(asking: Asking) -> None:
    sara = asking("Sara")
    for number in range(5):
        proposed(sara, external={}, customer=f"Customer {number}")
    seen: list[int] = []
    cursor: dict[str, str] = {}
    while cursor is not None:
        page = sara.get("/deals", params={"limit": 2, **cursor}).json()
        assert page["count"] == 5
        seen += [deal["number"] for deal in page["deals"]]
        if page["next"] is None:
            break
        cursor = {"cursor": page["next"]}
    assert seen == [5, 4, 3, 2, 1]
    assert sara.get("/deals", params={"words": "customer 3"}).json()["count"] == 1
    assert sara.get("/deals", params={"state": "won"}).json()["count"] == 0
