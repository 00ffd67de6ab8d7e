"""A check without posting."""

from models.api.tokens import Scope
from tests.handlers.api.conftest import Asking


def test_check_says_whether_it_fits_and_which_ways_there_are(asking: Asking) -> None:
    sara = asking("Sara", Scope.READ_DEALS)
    line = {"offer": "Summit tent", "by": "2027-01-20"}
    fits = sara.post("/checks", json={"lines": [{**line, "quantity": 10}]}).json()
    assert (fits["fit"]["verdict"], fits["ways"]) == ("fits", [])
    large = sara.post("/checks", json={"lines": [{**line, "quantity": 2000}]}).json()
    assert large["fit"]["verdict"] == "short"
    assert large["ways"]
    assert large["money"]["numbers"] is None
    assert sara.get("/deals").json()["count"] == 0


def test_check_says_who_would_have_to_agree(asking: Asking) -> None:
    sara = asking("Sara")
    cheap = {"offer": "Summit tent", "by": "2027-02-20", "quantity": 20, "unit_price": "300"}
    assert "finance" in sara.post("/checks", json={"lines": [cheap]}).json()["asked"]
    usual = {"offer": "Summit tent", "by": "2027-02-20", "quantity": 20}
    assert sara.post("/checks", json={"lines": [usual]}).json()["asked"] == ["operations"]
