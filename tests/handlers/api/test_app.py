"""The description of the API, and that whatever is sent gets an answer which it knows."""

from typing import Any

import httpx
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from models.workspace.members import find_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from tests.handlers.api.conftest import Asking
from tests.handlers.api.test_deals import DEAL
from tests.stage import Stage
from tests.world import NOW

CHECKS = [not_a_server_error, status_code_conformance, response_schema_conformance]
MOST_TRIED = 15


def test_description_is_open_api_and_has_a_page(stage: Stage) -> None:
    described = httpx.get(f"{stage.address}/api/v1/openapi.json").json()
    assert described["openapi"].startswith("3.1")
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert "Problem" in described["components"]["schemas"]
    assert "swagger" in httpx.get(f"{stage.address}/api/v1/docs").text


def test_answers_are_as_they_are_described(stage: Stage, asking: Asking) -> None:
    """Whatever somebody sends who may do everything: no mistake of Belay's, and no answer that is not described."""
    with stage.bot.database.writing() as session:
        set_roles(find_member(the_workspace(session), stage.people["Lea"]), list(Role), by=None, now=NOW)
    lea = asking("Lea")
    lea.post("/deals", json=DEAL)
    headers = {"Authorization": lea.headers["Authorization"]}
    schema = schemathesis.openapi.from_url(f"{stage.address}/api/v1/openapi.json")
    operations = [found.ok() for found in schema.get_all_operations() if isinstance(found, Ok)]
    assert len(operations) == 21
    for operation in operations:
        as_described(operation.as_strategy(), f"{stage.address}/api/v1", headers)


def as_described(cases: SearchStrategy[schemathesis.Case[Any]], address: str, headers: dict[str, Any]) -> None:
    @given(case=cases)
    @settings(
        max_examples=MOST_TRIED,
        deadline=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def each(case: schemathesis.Case[Any]) -> None:
        case.validate_response(case.call(base_url=address, headers=headers), checks=CHECKS)

    each()
