"""Tables through the API: rows as JSON or a file as it is, tried first, and the same again changes nothing."""

import httpx

from handlers.api.tables import CompanyTable
from tests.handlers.api.conftest import Asking
from tests.stage import Stage

WEEK = {"resource": "Assembly", "week": "2027-01-04", "available": 0, "overtime": 0, "reason": "The press is down."}


def put(client: httpx.Client, table: str, rows: list[dict[str, object]], **params: object) -> httpx.Response:
    named = {name: str(value) for name, value in params.items()}
    return client.put(f"/tables/{table}", json={"rows": rows}, params=named)


def test_week_is_written_and_what_it_breaks_is_named(stage: Stage, asking: Asking) -> None:
    sara, olga = asking("Sara"), asking("Olga")
    line = {"offer": "Summit tent", "quantity": 60, "by": "2027-01-20"}
    sara.post("/deals", json={"customer": "Acme", "lines": [line]})
    stage.sb.settle()
    stage.person("Olga").press("Approve", in_=stage.card())
    stage.sb.settle()
    assert stage.state() == "approved"
    tried = put(olga, "weeks", [WEEK], is_trial=True).json()
    assert (tried["is_trial"], tried["rows"], tried["breaks"]) == (True, 1, [1])
    offered = olga.get("/capacity", params={"resource": "Assembly", "since": "2027-01-04", "weeks": 1}).json()
    assert offered["resources"][0]["weeks"][0]["offered"] != "0"
    assert put(olga, "weeks", [WEEK]).json()["breaks"] == [1]
    offered = olga.get("/capacity", params={"resource": "assembly", "since": "2027-01-04", "weeks": 1}).json()
    week = offered["resources"][0]["weeks"][0]
    assert (week["offered"], week["reason"]) == ("0", "The press is down.")
    assert put(olga, "weeks", [WEEK]).json()["breaks"] == []
    stage.sb.settle()
    assert "This promise can no longer be kept." in stage.card().as_text()


def test_nightly_file_is_taken_as_it_is(asking: Asking) -> None:
    olga = asking("Olga")
    content = "Order;Resource;Week;Hours\nA-1;Assembly;2027-02-01;12.5\nA-2;Assembly;2027-02-01;8\n"
    answer = olga.put("/tables/commitments/file", content=content)
    assert answer.status_code == 200, answer.text
    assert answer.json()["columns"] == {"Order": "ref", "Resource": "resource", "Week": "week", "Hours": "quantity"}
    first = olga.get("/capacity", params={"resource": "Assembly", "since": "2027-02-01", "weeks": 1}).json()
    olga.put("/tables/commitments/file", content=content)
    assert olga.get("/capacity", params={"resource": "Assembly", "since": "2027-02-01", "weeks": 1}).json() == first
    assert first["resources"][0]["weeks"][0]["promised"] == "20.5"


def test_what_is_not_clear_is_asked_and_changes_nothing(asking: Asking) -> None:
    olga = asking("Olga")
    row: dict[str, object] = {"ref": "A-1", "resource": "Asembly", "week": "2027-02-01", "quantity": "12.5"}
    answer = put(olga, "commitments", [row])
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:belay:refused")
    ((field, detail),) = [tuple(error.values()) for error in answer.json()["errors"]]
    assert "Assembly" in detail
    answered = olga.put("/tables/commitments", json={"rows": [row], "answers": {field: "Assembly"}})
    assert answered.json()["rows"] == 1, answered.text


def test_truth_is_no_number(asking: Asking) -> None:
    lea = asking("Lea")
    answer = put(lea, "offers", [{"name": "Summit tent", "list_price": True}])
    assert answer.status_code == 422, answer.text
    assert put(lea, "offers", [{"name": "Summit tent", "list_price": 481.5}]).status_code == 200


def test_price_list_is_written_and_read_with_costs_by_who_keeps_it(asking: Asking) -> None:
    lea = asking("Lea")
    (tent,) = [row for row in lea.get("/tables/offers").json()["rows"] if row["name"] == "Summit tent"]
    assert "unit_cost" in tent
    assert put(lea, "offers", [tent]).json()["changes"] == []
    (change,) = put(lea, "offers", [{**tent, "list_price": "499.00"}]).json()["changes"]
    assert "499" in change
    offers = {offer["name"]: offer["list_price"] for offer in lea.get("/offers").json()["offers"]}
    assert offers["Summit tent"] == "499.00"
    assert put(lea, "customers", [{"name": "Acme", "tier": "A", "external_id": "001A"}]).status_code == 200
    (acme,) = lea.get("/customers").json()["customers"]
    assert (acme["name"], acme["tier"], acme["external_id"]) == ("Acme", "A", "001A")


def test_actuals_and_budget_are_written(asking: Asking) -> None:
    fin = asking("Fin")
    months: list[dict[str, object]] = [{"family": "Tents", "month": "2026-10", "bookings": 120, "shipments": 110}]
    assert put(fin, "actuals", months).json()["rows"] == 1
    assert put(fin, "budget", [{"family": "Tents", "month": "2027-01", "revenue": "100000"}]).json()["rows"] == 1
    future = put(fin, "actuals", [{"family": "Tents", "month": "2027-10", "bookings": 120}])
    assert future.status_code == 422


def test_each_table_of_the_company_given_back_changes_nothing(asking: Asking) -> None:
    lea = asking("Lea")
    for table in CompanyTable:
        rows = lea.get(f"/tables/{table}").json()["rows"]
        if rows:
            answer = put(lea, table, rows)
            assert (answer.status_code, answer.json().get("changes")) == (200, []), (table, answer.text)
    (need, *_) = lea.get("/tables/needs").json()["rows"]
    assert need["offset"] == -2


def test_value_with_another_tables_marks_is_one_value(asking: Asking) -> None:
    lea = asking("Lea")
    assert put(lea, "customers", [{"name": "Smith; Sons, & Co."}]).json()["rows"] == 1
    assert [one["name"] for one in lea.get("/customers").json()["customers"]] == ["Smith; Sons, & Co."]
