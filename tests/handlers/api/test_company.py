"""What there is to sell, through the API; and who asks."""

from models.api.tokens import Scope
from tests.handlers.api.conftest import Asking


def test_token_knows_whom_it_acts_for(asking: Asking) -> None:
    me = asking("Sara", Scope.READ_DEALS).get("/me").json()
    assert (me["person"], me["roles"], me["scopes"], me["currency"]) == ("Sara", ["sales"], ["deals:read"], "USD")


def test_offers_have_no_costs(asking: Asking) -> None:
    offers = {offer["name"]: offer for offer in asking("Sara").get("/offers").json()["offers"]}
    tent = {"family": "Tents", "unit": "tent", "list_price": "480.00", "is_standard": True, "max_discount": "0.15"}
    assert offers["Summit tent"] == {"name": "Summit tent", **tent, "lead_weeks": 2, "min_lot": 10}


def test_resources_and_customers(asking: Asking) -> None:
    sara = asking("Sara")
    resources = {one["name"]: (one["kind"], one["unit"]) for one in sara.get("/resources").json()["resources"]}
    assert resources["Poles in stock"] == ("stock", "set")
    assert sara.get("/customers").json() == {"customers": []}
    seen = sara.get("/resources")
    assert sara.get("/resources", headers={"If-None-Match": seen.headers["ETag"]}).status_code == 304
