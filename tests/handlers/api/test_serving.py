"""The API's door: tokens, scopes and roles against tables that are written out."""

import re
from collections.abc import Mapping

import httpx
import pytest
from sqlalchemy import select

from models.api.tokens import Scope, revoke_token, tokens_of
from models.workspace.history import History
from models.workspace.members import find_member, set_roles
from models.workspace.roles import Role
from models.workspace.workspaces import the_workspace
from tests.handlers.api.conftest import Asking, token_of
from tests.handlers.api.test_deals import DEAL
from tests.stage import Stage, staged
from tests.world import NOW

ROW = {"rows": [{"resource": "Assembly", "week": "2027-02-01", "available": 300, "reason": "Repairs"}]}
FORECAST = {"rows": [{"family": "Tents", "month": "2026-10", "bookings": 100}]}
BUDGET = {"rows": [{"family": "Tents", "month": "2027-01", "revenue": "100000"}]}
OFFER = {"rows": [{"name": "Summit tent", "list_price": "480.00"}]}
BODIES: Mapping[str, object] = {
    "POST /deals": DEAL | {"external": {}},
    "POST /checks": {"lines": DEAL["lines"]},
    "POST /drafts": {"words": "60 Summit tent for Acme by 2027-01-25"},
    "POST /deals/1/lose": {"reason": "price"},
    "PUT /deals/1/external/sap": {"external_id": "4711"},
    "PUT /tables/weeks": ROW,
    "PUT /tables/actuals": FORECAST,
    "PUT /tables/budget": BUDGET,
    "PUT /tables/offers": OFFER,
}
# What each is answered, by person: Sara sold deal 1, which is proposed; Pete sells, too; Olga plans; Fin keeps the
# books; Lea leads and is an admin. 403 is what they may not do, 409 what the state does not allow.
ANSWERS = """
GET /me                      |                | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /deals                   | deals:read     | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /deals/1                 | deals:read     | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /deals/1/history         | deals:read     | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /waiting                 | deals:read     | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
POST /drafts                 | deals:propose  | Sara 201, Pete 201, Olga 403, Fin 403, Lea 403
POST /checks                 | deals:read     | Sara 200, Pete 200, Olga 403, Fin 403, Lea 403
POST /deals                  | deals:propose  | Sara 201, Pete 201, Olga 403, Fin 403, Lea 403
PUT /deals/1/external/sap    | deals:propose  | Sara 200, Pete 403, Olga 200, Fin 200, Lea 200
POST /deals/1/accept         | deals:answer   | Sara 409, Pete 403, Olga 403, Fin 403, Lea 403
POST /deals/1/win            | deals:answer   | Sara 409, Pete 403, Olga 403, Fin 403, Lea 403
POST /deals/1/lose           | deals:answer   | Sara 409, Pete 403, Olga 403, Fin 403, Lea 403
POST /deals/1/deliver        | deals:answer   | Sara 403, Pete 403, Olga 409, Fin 403, Lea 403
GET /capacity                | capacity:read  | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
PUT /tables/weeks            | capacity:write | Sara 403, Pete 403, Olga 200, Fin 403, Lea 403
GET /offers                  | company:read   | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /customers               | company:read   | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /resources               | company:read   | Sara 200, Pete 200, Olga 200, Fin 200, Lea 200
GET /tables/offers           | company:read   | Sara 403, Pete 403, Olga 403, Fin 403, Lea 200
PUT /tables/offers           | company:write  | Sara 403, Pete 403, Olga 403, Fin 403, Lea 200
PUT /tables/actuals          | planning:write | Sara 403, Pete 403, Olga 200, Fin 200, Lea 200
PUT /tables/budget           | planning:write | Sara 403, Pete 403, Olga 403, Fin 200, Lea 200
POST /deals/1/withdraw       | deals:answer   | Pete 403, Olga 403, Fin 403, Lea 403, Sara 200
"""
CELLS = [[cell.strip() for cell in line.split("|")] for line in ANSWERS.strip().splitlines()]


def asked(client: httpx.Client, endpoint: str) -> httpx.Response:
    method, path = endpoint.split()
    return client.request(method, path, json=BODIES.get(endpoint, {}) if method != "GET" else None)


def test_each_endpoint_answers_each_person_as_the_table_says(asking: Asking) -> None:
    people = {name: asking(name) for name in ("Sara", "Pete", "Olga", "Fin", "Lea")}
    people["Sara"].post("/deals", json=DEAL)
    found = []
    for endpoint, scope, answers in CELLS:
        names = [cell.split()[0] for cell in answers.split(", ")]
        said = [f"{name} {asked(people[name], endpoint).status_code}" for name in names]
        found.append([endpoint, scope, ", ".join(said)])
    assert found == CELLS


def test_each_endpoint_needs_its_scope_and_no_other(asking: Asking) -> None:
    """Who may do all of it, with one scope each."""
    clients = {scope: asking("Lea", scope) for scope in Scope}
    for endpoint, needed, _ in CELLS:
        for scope, client in clients.items():
            answer = asked(client, endpoint)
            is_refused = answer.status_code == 403 and "may not be used for" in answer.json()["detail"]
            assert is_refused is (needed not in {"", scope}), (endpoint, scope, answer.text)


def test_every_endpoint_stands_in_the_table(stage: Stage) -> None:
    described = httpx.get(f"{stage.address}/api/v1/openapi.json").json()["paths"]
    known = {f"{method.upper()} {path}" for path, methods in described.items() for method in methods}
    # Files are as their tables.
    assert {general(cell[0]) for cell in CELLS} == known - {"PUT /tables/{table}/file"}


def general(endpoint: str) -> str:
    """An endpoint of the table as the description has it."""
    path = endpoint.replace("/deals/1", "/deals/{number}").replace("/sap", "/{system}")
    return re.sub(r"/tables/\w+", "/tables/{table}", path)


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer belay_nothing"}, {"Authorization": "Basic YTpi"}])
def test_who_has_no_token_is_told_nothing(stage: Stage, headers: dict[str, str]) -> None:
    for path in ("/me", "/deals/1", "/offers"):
        answer = httpx.get(f"{stage.address}/api/v1{path}", headers=headers)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
    posted = httpx.post(f"{stage.address}/api/v1/deals", json={"nonsense": 1}, headers=headers)
    assert posted.status_code == 401


def test_token_is_good_until_it_is_revoked_and_while_its_person_has_a_role(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    assert sara.get("/deals").status_code == 200
    with stage.bot.database.writing() as session:
        set_roles(find_member(the_workspace(session), stage.people["Sara"]), [], by=None, now=NOW)
    assert sara.get("/deals").json()["detail"] == "Sara has no role any more, so this token can do nothing."
    with stage.bot.database.writing() as session:
        workspace = the_workspace(session)
        assert [token.used_at is None for token in tokens_of(workspace)] == [False]
        lea = find_member(workspace, stage.people["Lea"])
        revoke_token(workspace, tokens_of(workspace)[0].id, by=lea, now=NOW)
    assert sara.get("/deals").status_code == 401


def test_what_somebody_may_not_do_is_kept(stage: Stage, asking: Asking) -> None:
    olga = asking("Olga")
    olga.post("/deals", json=DEAL)
    lea = stage.person("Lea")
    lea.command("tents-ops", "/belay data")
    stage.sb.settle()
    modal = lea.modal()
    assert modal
    assert "Olga asked for api: propose" in modal.as_text()


def test_token_asks_no_more_often_than_it_may(database_url: str) -> None:
    with staged(database_url, "http", has_api=True, belay_api_per_minute=2) as stage:
        headers = {"Authorization": f"Bearer {token_of(stage, 'Sara')}"}
        answers = [httpx.get(f"{stage.address}/api/v1/me", headers=headers) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 429]
        assert answers[-1].headers["retry-after"] == "60"


def test_what_a_token_did_says_so_in_the_history(stage: Stage, asking: Asking) -> None:
    sara = asking("Sara")
    sara.post("/deals", json=DEAL)
    acts = select(History.details).where(History.subject == "deal", History.move == "propose")
    details = stage.look(lambda session: session.scalars(acts).one())
    assert details.get("token") == "Sara 0"


def test_answer_that_comes_again_has_no_numbers_for_who_may_not_see_them_any_more(stage: Stage, asking: Asking) -> None:
    given: list[list[Role]] = [[Role.SALES, Role.FINANCE], [Role.SALES]]
    sara, key = asking("Sara"), {"Idempotency-Key": "k"}
    numbers = []
    for roles in given:
        with stage.bot.database.writing() as session:
            set_roles(find_member(the_workspace(session), stage.people["Sara"]), roles, by=None, now=NOW)
        numbers.append(sara.post("/deals", json=DEAL, headers=key).json()["money"]["numbers"])
    assert [one is None for one in numbers] == [False, True]
