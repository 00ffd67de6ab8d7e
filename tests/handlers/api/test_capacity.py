"""Capacity through the API, as `/capacity` shows it."""

import pytest

from tests.handlers.api.conftest import Asking


def test_coming_weeks_of_each_resource(asking: Asking) -> None:
    sara = asking("Sara")
    resources = {one["name"]: one for one in sara.get("/capacity").json()["resources"]}
    assert set(resources) >= {"Assembly", "Poles in stock"}
    assert len(resources["Assembly"]["weeks"]) == 8
    first = sara.get("/capacity", params={"resource": "Assembly", "since": "2027-01-06", "weeks": 1}).json()
    (week,) = first["resources"][0]["weeks"]
    assert (week["week"], week["offered"], week["reason"]) == ("2027-01-04", "320", "Public holiday")


@pytest.mark.parametrize(
    ("params", "status"),
    [({"resource": "Sewing"}, 404), ({"since": "1900-01-01"}, 422), ({"weeks": "53"}, 422), ({"since": "soon"}, 422)],
)
def test_what_is_not_there_is_said(asking: Asking, params: dict[str, str], status: int) -> None:
    assert asking("Sara").get("/capacity", params=params).status_code == status
