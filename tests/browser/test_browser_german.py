"""A German speaker plays the story: the language is chosen on the page, and nothing is said in English any more."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from models.base.language import reading
from tests.browser.conftest import PATIENCE
from tests.browser.test_browser_conversations import write
from tests.browser.test_browser_story import Tab
from tests.handlers.shown import english_in
from tests.stage import OPS, Stage, staged

LINE = "/deal Acme 200 Summit tent bis 18. Januar mit 10% Rabatt"


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """Belay speaks German in channels."""
    with staged(f"sqlite:///{tmp_path / 'belay.db'}", "socket") as stage:
        lea = stage.person("Lea")
        lea.command(OPS, "/belay settings")
        stage.sb.settle()
        lea.fill_by_label("Language of cards and summaries in channels", "Deutsch")
        lea.submit()
        stage.sb.settle()
        yield stage
        assert stage.sb.violations() == []


def german(chromium: Browser, stage: Stage, name: str) -> Tab:
    """Somebody at their screen, who chooses German in Slack."""
    context = chromium.new_context(viewport={"width": 1280, "height": 860}, reduced_motion="reduce")
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"{stage.sb.url}/as/{stage.people[name]}")
    page.get_by_role("button", name="Language of Slack").click()
    page.get_by_role("combobox", name="Language of Slack").select_option("Deutsch")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("button", name="Language of Slack")).to_have_text("DE")
    tab = Tab(page)
    tab.goes(OPS)
    return tab


def test_german_speaker_plays_the_story(chromium: Browser, stage: Stage) -> None:
    sara, olga = german(chromium, stage, "Sara"), german(chromium, stage, "Olga")
    _sara_proposes(sara, olga)
    _olga_counters(sara, olga)
    _sara_accepts_and_olga_delivers(sara, olga)
    assert stage.state() == "delivered"
    with reading("de"):
        texts = [tab.page.locator("main").inner_text() for tab in (sara, olga)]
        assert english_in(*texts) == set(), texts


def _sara_proposes(sara: Tab, olga: Tab) -> None:
    write(sara.page, LINE)
    form = sara.form("Deal vorschlagen")
    expect(form).to_contain_text("Passt nicht. Assembly, Woche vom 4. Jan.: braucht 104 Stunden")
    expect(form.get_by_label("Kunde", exact=True)).to_have_value("Acme")
    sara.enters("Menge", "100")
    expect(form).to_contain_text("Passt, aber knapp.")
    sara.enters("Menge", "200")
    expect(form).to_contain_text("Passt nicht.")
    sara.sends("Deal vorschlagen", "Posten")
    for tab in (sara, olga):
        expect(tab.card()).to_contain_text("Am Zug: Operations")
    expect(olga.card()).to_contain_text("Wege zum Ja")
    sara.goes("Messages")


def _olga_counters(sara: Tab, olga: Tab) -> None:
    olga.presses("Gegenvorschlag…")
    counter = olga.form("Gegenvorschlag")
    olga.enters("Menge", "116")
    expect(counter).to_contain_text("Passt")
    expect(counter).not_to_contain_text("Passt nicht")
    olga.sends("Gegenvorschlag", "Senden und reservieren")
    expect(sara.card()).to_contain_text("Am Zug: Sara")
    expect(sara.card()).to_contain_text("Kapazität reserviert bis")


def _sara_accepts_and_olga_delivers(sara: Tab, olga: Tab) -> None:
    sara.presses("Annehmen", sure="Annehmen?")
    expect(sara.card()).to_contain_text("Angenommen von Sara")
    sara.presses("Gewonnen")
    expect(olga.card()).to_contain_text("Gewonnen von Sara · Operations liefert")
    olga.presses("Geliefert…")
    olga.sends("Geliefert", "Melden")
    for tab in (sara, olga):
        expect(tab.card()).to_contain_text("Geliefert von Olga")
