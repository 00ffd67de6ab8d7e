"""What is said of a change of capacity."""

from datetime import date

from babel import Locale

from handlers.capacity.act_words import act_sentence, changes_text
from handlers.slack.text import plain
from models.capacity.acts import Act
from models.capacity.changes import Change, Key, Values, What
from tests.world import NOW

US, JAN_4, JAN_11 = Locale("en", "US"), date(2027, 1, 4), date(2027, 1, 11)


def changed(what: What, before: Values, after: Values, week: date = JAN_4, ref: str = "") -> Change:
    return Change(Key(what, 1, week, ref), before, after)


def week(available: int | None, overtime: int | None = None, reason: str | None = None) -> Values:
    return {"available": available, "overtime": overtime, "reason": reason}


def test_change_says_what_was_before_and_what_is_since() -> None:
    load: Values = {"quantity": 19_500, "note": "Less"}
    for change, said in (
        (changed(What.WEEK, week(320_000, 0), week(300_000, 0)), "week of Jan 4: 320 hours → 300 hours"),
        (
            changed(What.WEEK, None, week(300_000, 80_000)),
            "week of Jan 4: usual → 300 hours, overtime usual → 80 hours",
        ),
        (changed(What.WEEK, week(1_000), None), "week of Jan 4: 1 hour → usual"),
        (changed(What.WEEK, week(1_000), week(1_000, reason="Why")), "week of Jan 4: another note"),
        (changed(What.RECEIPT, None, {"quantity": 5_000}), "week of Jan 4: arrives nothing → 5 hours"),
        (changed(What.LOAD, load, None, ref="SO-7"), "SO-7 in the week of Jan 4: 19.5 hours → nothing"),
    ):
        assert changes_text([change], "hour", US) == said


def test_more_changes_than_are_said_are_counted() -> None:
    changes = [changed(What.RECEIPT, None, {"quantity": number}, JAN_11) for number in range(1, 6)]
    assert changes_text(changes, "set", US).endswith("; and 2 more")
    assert changes_text([], "set", US) == "nothing that was different"


def test_act_says_who_when_and_why() -> None:
    change = changed(What.WEEK, week(320_000), week(300_000))
    adjusted = Act(1, "Olga", NOW, "The press is down.", is_import=False, changes=(change,))
    imported = Act(2, "Otto", NOW, "", is_import=True, changes=(change,))
    old = Act(3, "Belay", NOW, "<!channel>", is_import=False, changes=(change,), is_complete=False)
    assert [plain(act_sentence(act, "hour", US)) for act in (adjusted, imported, old)] == [
        "Olga 2026-11-23 16:00 UTC: week of Jan 4: 320 hours → 300 hours “The press is down.”",
        "Otto imported 2026-11-23 16:00 UTC: week of Jan 4: 320 hours → 300 hours",
        "Belay 2026-11-23 16:00 UTC: week of Jan 4: → 300 hours, overtime → usual “&lt;!channel&gt;”",
    ]
