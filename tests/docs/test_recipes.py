"""The recipes of the documentation, run as they stand: what is posted, what is answered, and the code that relays."""

import json
import random
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import timedelta
from types import ModuleType

import httpx
import pytest
from starlette.testclient import TestClient

from models.api.tokens import Scope
from models.api.webhooks import log_of, send_again, webhooks_of
from models.workspace.workspaces import the_workspace
from tests.docs.crm import SECRET, Crm, Json, Line, Relay, serving
from tests.handlers.api.conftest import token_of
from tests.handlers.api.test_webhooks import made
from tests.places import ROOT
from tests.serving import answering
from tests.stage import Stage, staged

BLOCK = re.compile(r'```(\w+) title="([^"]+)"\n(.*?)```', re.DOTALL)
SYSTEMS = {
    "salesforce": ("/services/data/v62.0/sobjects/Opportunity/", "StageName", "Closed Won", "Belay_Terms__c"),
    "hubspot": ("/crm/v3/objects/deals/", "dealstage", "closedwon", "belay_terms"),
}
EVENTS = ("deal: posted", "deal: revised", "deal: countered", "deal: approved", "deal: won", "deal: lost")


def blocks(page: str) -> dict[str, str]:
    """The blocks of a page, by their titles."""
    text = (ROOT / "docs" / f"{page}.md").read_text()
    return {title: body for _, title, body in BLOCK.findall(text)}


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, "http", has_api=True, belay_private_webhooks=True) as stage:
        yield stage


def api(stage: Stage, name: str, *scopes: Scope) -> httpx.Client:
    headers = {"Authorization": f"Bearer {token_of(stage, name, *scopes)}"}
    return httpx.Client(base_url=f"{stage.address}/api/v1", headers=headers, timeout=60)


def answered(answer: httpx.Response, shown: str) -> None:
    """The answer holds what the recipe shows of it."""
    expected = json.loads(shown)
    assert {name: answer.json()[name] for name in expected} == expected


def loaded(code: str) -> ModuleType:
    """A file of a recipe, as it stands."""
    module = ModuleType("recipe")
    exec(code, module.__dict__)  # noqa: S102 - the recipe, as it stands
    return module


class Receiver:
    """The place where a recipe's code runs, behind its own web service where it brings one; and what came."""

    def __init__(self, recipe: Mapping[str, str], crm: Crm, monkeypatch: pytest.MonkeyPatch) -> None:
        self.events: list[Json] = []
        self.crm, self.environment = crm, monkeypatch
        module = loaded(recipe["relay.py"])
        monkeypatch.setitem(sys.modules, "relay", module)
        self.relay: Relay = module.relay
        self.app: TestClient | None = None
        if "main.py" in recipe:
            self.app = TestClient(loaded(recipe["main.py"]).app, raise_server_exceptions=False)

    def begin(self, secret: str) -> None:
        """From now on it knows where the CRM is, and the secret of the webhook."""
        key = {"SALESFORCE_URL": self.crm.url, "SALESFORCE_ID": "relay", "SALESFORCE_SECRET": SECRET}
        for name, value in {**key, "BELAY_WEBHOOK_SECRET": secret}.items():
            self.environment.setenv(name, value)
        self.secret = secret

    def take(self, _method: str, path: str, headers: Mapping[str, str], body: str) -> tuple[int, str]:
        self.events.append(json.loads(body))
        if self.app is not None:
            return self.app.post(path, content=body.encode(), headers=dict(headers)).status_code, ""
        try:
            with httpx.Client(base_url=self.crm.url) as client:
                self.relay(body, dict(headers), self.secret, client)
        except httpx.HTTPStatusError:
            return 502, ""
        return 204, ""


def deal_history(person: httpx.Client) -> list[str]:
    """What happened to the deal, in sentences."""
    acts = person.get("/deals/1/history").json()
    return [act["sentence"] for act in acts["acts"]]


@pytest.mark.parametrize("system", SYSTEMS)
def test_deal_of_a_crm_is_countered_accepted_and_won_and_both_sides_say_the_same(
    stage: Stage, system: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, stage_field, won, terms = SYSTEMS[system]
    recipe, chance = blocks(f"recipes/{system}"), random.Random(system)
    given: Json = json.loads(recipe["POST /api/v1/deals"])
    key = given["external"][system]
    sara = api(stage, "Sara", Scope.READ_DEALS, Scope.PROPOSE, Scope.ANSWER)
    crm = Crm(system, path, {key: {stage_field: "open"}})
    receiver = Receiver(recipe, crm, monkeypatch)
    with serving(crm, chance), answering(receiver.take) as address:
        receiver.begin(made(stage, f"{address}/belay", *EVENTS))
        # It begins there, on a line that loses and doubles calls.
        line = Line(sara, chance)
        first = sara.post("/deals", json=given)
        answered(first, recipe["201"])
        for _ in range(10):
            line.post("/deals", given)
        assert sara.get("/deals").json()["count"] == 1
        stage.sb.settle()
        olga = stage.person("Olga")
        olga.press("Counter…", in_=stage.card())
        stage.sb.settle()
        olga.fill_by_label("Quantity", "35")
        stage.sb.settle()
        assert olga.submit().ok
        # Out of order: what comes too early changes nothing, and comes again.
        assert sara.post("/deals/1/win").status_code == 409
        crm.until(line, key, "approved", "/deals/{number}/accept", {"version": 2})
        assert sara.post("/deals/1/accept", json={"version": 1}).status_code == 409
        crm.until(line, key, "won", "/deals/{number}/win", {})
        assert sara.post("/deals/1/lose", json={"reason": "price"}).status_code in {403, 409}
        stage.sb.turn(by=timedelta(hours=2))
        # What is sent again, although it is older, changes nothing.
        with stage.bot.database.writing() as session:
            (hook,) = webhooks_of(the_workspace(session))
            send_again(the_workspace(session), hook.id, log_of(hook)[-1].id, now=stage.sb.now())
        stage.bot.heartbeat.wake()
        stage.sb.settle()
    assert line.lost
    assert line.doubled
    deal = sara.get("/deals/1").json()
    record = crm.records[key]
    assert (deal["state"], record[stage_field]) == ("won", won)
    (last,) = deal["lines"]
    assert record[terms] == f"35 {last['offer']}, week of {last['week']}, {last['unit_price']} each"
    # Some changes were taken and answered as if they were not: those came again, and changed nothing.
    assert crm.patched >= 4
    if system == "salesforce":
        shown = json.loads(blocks("api")["an event"])
        sent = next(event for event in receiver.events if event["type"] == shown["type"])
        for told in (shown["data"], sent["data"]):
            # Numbers and addresses are of one run.
            assert {type(told.pop("sequence")), type(told.pop("link"))} == {int, str}
        assert sent == shown
        assert record["Belay_News__c"] == deal_history(sara)[-1]


def test_nightly_file_of_an_erp_is_sent_as_it_stands(stage: Stage) -> None:
    recipe = blocks("recipes/erp")
    olga = api(stage, "Olga", Scope.WRITE_CAPACITY, Scope.READ_CAPACITY)
    path = re.search(r"\$BELAY_URL/api/v1(\S+?)\"", recipe["each night"])
    assert path
    for _ in range(2):
        answer = olga.put(path[1], content=recipe["orders.csv"].encode(), headers={"Content-Type": "text/csv"})
        assert answer.status_code == 200, answer.text
        answered(answer, recipe["200"])
    weeks = olga.get("/capacity", params={"resource": "Assembly", "since": "2027-02-01", "weeks": 2}).json()
    assert [week["promised"] for week in weeks["resources"][0]["weeks"]] == ["12.5", "40"]


def test_spreadsheet_asks_whether_it_fits(stage: Stage) -> None:
    recipe = blocks("recipes/erp")
    answer = api(stage, "Sara", Scope.READ_DEALS).post("/checks", json=json.loads(recipe["POST /api/v1/checks"]))
    answered(answer, recipe["200, of the check"])
    assert answer.json()["fit"]["verdict"] == "fits"
