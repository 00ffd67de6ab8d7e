"""What sections 2 and 3 of the promise refuse: status 2, one line that names the file and the field, nothing else."""

import json
from typing import Any

import pytest

from tests.models.promise.conftest import Door

DUST = "5.0000000000000000000000000000000000000001"  # forty places: more than a rounding to 28 digits would see
NOT_TEXT = ("5", "true", '["a"]', "{a = 1}")
NOT_A_NUMBER = ("true", '"many"', '""', "[1]", "{a = 1}", "nan", "inf", "-inf")
DATES = (
    '"soon"',
    '""',
    '"2027-02-30"',
    '"2027-13-01"',
    '"04.01.2027"',
    '"2027-1-4"',
    '"2027-W01-1"',
    '"20270104"',
    "20270104",
    "true",
    '["2027-01-04"]',
)


def edited(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, old
    return text.replace(old, new)


class Ridge:
    """The company and the deal of the page, each refused after one change that spoils it."""

    def __init__(self, door: Door, company: str, deal: str) -> None:
        self.door, self.company, self.deal = door, company, deal

    def edit(self, old: str, new: str) -> None:
        self.company = edited(self.company, old, new)

    def check(self, *deals: str) -> list[dict[str, Any]]:
        return self.door.check(self.company, *(deals or (self.deal,)))

    def refuse_company(self, old: str, new: str, *, naming: str) -> None:
        said = self.door.refuse(edited(self.company, old, new), self.deal)
        assert "company.toml" in said
        assert naming in said.replace("company.toml", "")

    def refuse_value(self, place: str, value: str) -> None:
        key = place.split(" = ", maxsplit=1)[0]
        self.refuse_company(place + "\n", f"{key} = {value}\n", naming=key)

    def refuse_deal(self, deal: str, *, naming: str) -> None:
        said = self.door.refuse(self.company, deal)
        assert "deal-1.json" in said
        assert naming in said.replace("deal-1.json", "")

    def refuse_line(self, field: str, value: str) -> None:
        raw = deal(line(week="2027-01-25"), line(**{field: "@@"})).replace('"@@"', value)
        self.refuse_deal(raw, naming=field)


@pytest.fixture
def ridge(door: Door, ridgeline: str, acme: str) -> Ridge:
    return Ridge(door, ridgeline, acme)


def deal(*lines: dict[str, Any], **fields: Any) -> str:
    return json.dumps({"customer": "Acme", "today": "2026-11-23", "lines": list(lines), **fields})


def line(**fields: Any) -> dict[str, Any]:
    return {"offer": "Summit tent", "quantity": 20, "unit_price": "432.00", "week": "2027-01-18", **fields}


# The files.


def test_company_that_is_not_there_is_named(door: Door, acme: str) -> None:
    said = door.refuse_call(str(door.folder / "nowhere.toml"), door.write("deal.json", acme), "--json")
    assert "nowhere.toml" in said


def test_deal_that_is_not_there_is_named(door: Door, ridgeline: str) -> None:
    said = door.refuse_call(door.write("company.toml", ridgeline), str(door.folder / "nowhere.json"), "--json")
    assert "nowhere.json" in said


def test_folder_is_no_company_and_no_deal(door: Door, ridgeline: str, acme: str) -> None:
    (door.folder / "folder").mkdir()
    folder = str(door.folder / "folder")
    assert "folder" in door.refuse_call(folder, door.write("deal.json", acme), "--json")
    assert "folder" in door.refuse_call(door.write("company.toml", ridgeline), folder, "--json")


@pytest.mark.parametrize(
    "text", ["[company", "name = ", "{}", '[company]\nname = "A"\nname = "B"\n', b"\xff\xfe\x00", b"# \xe9"]
)
def test_company_that_is_not_toml_is_named(door: Door, acme: str, text: str | bytes) -> None:
    assert "company.toml" in door.refuse(text, acme)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "not JSON",
        b"\xff\xfe\x00",
        b'{"customer": "Caf\xe9"}',
        pytest.param("[" * 100_000, id="deep"),
        '{"customer": "Acme"} {}',
        '{"customer": "Acme",}',
        "{'customer': 'Acme'}",
    ],
)
def test_deal_that_is_not_json_is_named(door: Door, ridgeline: str, text: str | bytes) -> None:
    assert "deal-1.json" in door.refuse(ridgeline, text)


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "020", "+20", "20.", ".5", "0x14", "'20'"])
@pytest.mark.parametrize("field", ["quantity", "unit_price"])
def test_number_that_json_does_not_know_is_refused(door: Door, ridgeline: str, field: str, value: str) -> None:
    assert "deal-1.json" in door.refuse(ridgeline, deal(line(**{field: "@@"})).replace('"@@"', value))


@pytest.mark.parametrize("text", ["null", "[]", "5", '"deal"', "true", "{}"])
def test_deal_that_is_not_a_table_of_the_keys_is_named(door: Door, ridgeline: str, text: str) -> None:
    assert "deal-1.json" in door.refuse(ridgeline, text)


def test_one_bad_deal_among_good_ones_prints_nothing(door: Door, ridgeline: str, acme: str) -> None:
    said = door.refuse(ridgeline, acme, acme.replace("Summit", "Submit"), acme)
    assert "deal-2.json" in said
    assert "offer" in said


def test_without_json_an_error_is_the_same(door: Door, ridgeline: str) -> None:
    said = door.run(ridgeline, deal(), flags=())
    assert (said.status, said.out) == (2, "")
    assert said.err.count("\n") == 1
    assert "deal-1.json" in said.err


# The company: keys.


@pytest.mark.parametrize(
    ("after", "key"),
    [
        ("[company]", "colour"),
        ("[company]", "Name"),
        ("[[resources.weeks]]", "quantity"),
        ("[[resources.receipts]]", "reason"),
        ('name = "Assembly"', "colour"),
        ('name = "Poles in stock"', "colour"),
        ('name = "Summit tent"', "unit_price"),
        ("[[offers.needs]]", "quantity"),
        ("[[commitments]]", "customer"),
        # keys of the other kind of resource
        ('name = "Assembly"', "on_hand"),
        ('name = "Poles in stock"', "weekly"),
        ('name = "Poles in stock"', "overtime"),
        ('name = "Poles in stock"', "overtime_cost"),
    ],
)
def test_unknown_key_is_refused(ridge: Ridge, after: str, key: str) -> None:
    ridge.refuse_company(f"{after}\n", f"{after}\n{key} = 1\n", naming=key)


def test_key_of_the_other_kind_is_refused_when_it_is_text_or_a_list(ridge: Ridge) -> None:
    count, receipt = 'as_of = "2026-11-23"\n', '[[resources.receipts]]\nweek = "2027-01-25"\nquantity = 1\n'
    ridge.refuse_company('name = "Assembly"\n', f'name = "Assembly"\n{count}', naming="as_of")
    ridge.refuse_company("[[resources.weeks]]\n", f"{receipt}[[resources.weeks]]\n", naming="receipts")
    week = '[[resources.weeks]]\nweek = "2027-01-25"\n'
    ridge.refuse_company("[[resources.receipts]]\n", f"{week}[[resources.receipts]]\n", naming="weeks")


@pytest.mark.parametrize("table", ["colours", "resource", "offer", "commitment"])
def test_unknown_table_is_refused(ridge: Ridge, table: str) -> None:
    ridge.refuse_company("[company]\n", f'[[{table}]]\nname = "A"\n\n[company]\n', naming=table)


# What stands in the file, what stands there without the key, and the key.
@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "Ridgeline"\n', "", "name"),
        ('currency = "USD"\n', "", "currency"),
        ('name = "Assembly"\n', "", "name"),
        ('kind = "time"\n', "", "kind"),
        ('unit = "hour"\n', "", "unit"),
        ('unit = "set"\n', "", "unit"),
        ('week = "2027-01-04"\navailable', "available", "week"),
        ('week = "2027-01-11"\n', "", "week"),
        ("quantity = 200\n", "", "quantity"),
        ('name = "Summit tent"\n', "", "name"),
        ('family = "Tents"\n', "", "family"),
        ('unit = "tent"\n', "", "unit"),
        ("list_price = 480.00\n", "", "list_price"),
        ("unit_cost = 290.00\n", "", "unit_cost"),
        ('resource = "Assembly"\noffset', "offset", "resource"),
        ('ref = "SO-1881"\n', "", "ref"),
        ('resource = "Assembly"\nweek', "week", "resource"),
        ('week = "2027-01-04"\nquantity', "quantity", "week"),
        ("quantity = 258\n", "", "quantity"),
    ],
)
def test_missing_key_is_refused(ridge: Ridge, old: str, new: str, key: str) -> None:
    ridge.refuse_company(old, new, naming=key)


def test_company_table_is_required(ridge: Ridge) -> None:
    head = ridge.company[: ridge.company.index("[[resources]]")]
    ridge.refuse_company(head, "", naming="company")


def test_defaults_stand_in_for_every_other_key(door: Door) -> None:
    company = '[company]\nname = "Bare"\ncurrency = "USD"\n[[resources]]\nname = "Saw"\nkind = "time"\nunit = "hour"\n'
    company += '[[resources]]\nname = "Legs"\nkind = "stock"\nunit = "piece"\n'
    company += '[[offers]]\nname = "Chair"\nfamily = "Seats"\nunit = "chair"\nlist_price = 5\nunit_cost = 3\n'
    company += '[[offers.needs]]\nresource = "Saw"\n[[offers.needs]]\nresource = "Legs"\n'
    (result,) = door.check(company, deal(line(offer="Chair", quantity=1, unit_price=5, week="2026-11-23")))
    assert (result["verdict"], result["deviations"]) == ("fits", [])


# The company: names.

HOLIDAY = 'reason = "Public holiday"\n'
ORDER = 'note = "Spring order"\n'


@pytest.mark.parametrize(
    ("after", "again", "name"),
    [
        ("on_hand = 120\n", '[[resources]]\nname = "Assembly"\nkind = "time"\nunit = "hour"\n', "Assembly"),
        ("on_hand = 120\n", '[[resources]]\nname = "Assembly"\nkind = "stock"\nunit = "hour"\n', "Assembly"),
        (HOLIDAY, '[[resources.weeks]]\nweek = "2027-01-04"\navailable = 1\n', "week"),
        (HOLIDAY, '[[resources.weeks]]\nweek = "2027-01-10"\novertime = 1\n', "week"),
        (
            ORDER,
            '[[commitments]]\nref = "SO-1881"\nresource = "Assembly"\nweek = "2027-01-04"\nquantity = 1\n',
            "SO-1881",
        ),
        (
            ORDER,
            '[[commitments]]\nref = "SO-1881"\nresource = "Assembly"\nweek = "2027-01-06"\nquantity = 1\n',
            "SO-1881",
        ),
    ],
)
def test_duplicate_is_refused(ridge: Ridge, after: str, again: str, name: str) -> None:
    ridge.refuse_company(after, after + again, naming=name)


def test_offer_with_the_name_of_another_is_refused(ridge: Ridge) -> None:
    offers = ridge.company[ridge.company.index("[[offers]]") : ridge.company.index("[[commitments]]")]
    ridge.refuse_company(offers, offers + offers, naming="Summit tent")


def test_commitment_may_share_its_ref_with_another_week_or_resource(ridge: Ridge) -> None:
    before = ridge.check()
    ridge.company += (
        '[[commitments]]\nref = "SO-1881"\nresource = "Poles in stock"\nweek = "2027-01-04"\nquantity = 1\n'
    )
    ridge.company += '[[commitments]]\nref = "SO-1881"\nresource = "Assembly"\nweek = "2027-01-11"\nquantity = 1\n'
    assert ridge.check() == before


def test_receipts_of_one_week_are_no_duplicate(ridge: Ridge) -> None:
    before = ridge.check()
    ridge.edit("quantity = 200\n", 'quantity = 1\n[[resources.receipts]]\nweek = "2027-01-11"\nquantity = 1\n')
    assert ridge.check() == before


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ('kind = "time"', '"Time"'),
        ('kind = "time"', '"money"'),
        ('currency = "USD"', '"QQQ"'),
        ('currency = "USD"', '"US dollar"'),
        ('currency = "USD"', '""'),
        ('country = "US"', '"QQ"'),
        ('country = "US"', '"America"'),
        ('country = "US"', '""'),
        ('timezone = "America/Denver"', '"America/Nowhere"'),
        ('timezone = "America/Denver"', '"America"'),
        ('timezone = "America/Denver"', '"../America/Denver"'),
        ('timezone = "America/Denver"', '"/etc/localtime"'),
        ('timezone = "America/Denver"', '"tzdata.zi"'),
        ('timezone = "America/Denver"', '"UTC\\u0000"'),
        ('timezone = "America/Denver"', '""'),
        ("substitutes = []", '["Ridge tent"]'),
        ("substitutes = []", '["Assembly"]'),
    ],
)
def test_name_that_does_not_exist_is_refused(ridge: Ridge, place: str, value: str) -> None:
    ridge.refuse_value(place, value)


@pytest.mark.parametrize("name", ["Asembly", "assembly", "Summit tent", ""])
@pytest.mark.parametrize("after", ["offset", "week"])
def test_resource_that_does_not_exist_is_refused(ridge: Ridge, after: str, name: str) -> None:
    ridge.refuse_company(f'resource = "Assembly"\n{after}', f'resource = "{name}"\n{after}', naming="resource")


# The company: numbers. Each place where a number stands, as it is written in the file.

AMOUNTS: tuple[str, ...] = ("weekly = 400", "overtime = 80", "available = 320", "overtime = 0", "on_hand = 120")
AMOUNTS += ("quantity = 200", "per_unit = 0.5", "fixed = 4", "quantity = 258")
MONEY = ("overtime_cost = 55.00", "list_price = 480.00", "unit_cost = 290.00")
SHARES = ("margin_floor = 0.30", "late_cost = 0.02", "tight_at = 0.90", "max_discount = 0.15", "margin_floor = 0.25")
WHOLE = ("horizon_weeks = 26", "max_deliveries = 3", "hold_days = 5", "lead_weeks = 2", "min_lot = 10", "weeks = 1")


@pytest.mark.parametrize("place", AMOUNTS + MONEY + SHARES + WHOLE)
def test_negative_number_is_refused(ridge: Ridge, place: str) -> None:
    ridge.refuse_value(place, "-1")


@pytest.mark.parametrize("value", NOT_A_NUMBER)
@pytest.mark.parametrize("place", [*AMOUNTS, *MONEY, *SHARES, *WHOLE, "offset = -2"])
def test_what_is_no_number_is_refused(ridge: Ridge, place: str, value: str) -> None:
    ridge.refuse_value(place, value)


@pytest.mark.parametrize("value", ["0.0001", DUST, "1000000000.001", "1000000001", "1e999999999"])
@pytest.mark.parametrize("place", AMOUNTS)
def test_amount_beyond_three_places_or_a_billion_is_refused(ridge: Ridge, place: str, value: str) -> None:
    ridge.refuse_value(place, value)


@pytest.mark.parametrize("value", ["0.001", DUST, "1e-999999999", "10000000000.01", "10000000001", "1e999999999"])
@pytest.mark.parametrize("place", MONEY)
def test_money_beyond_its_places_or_a_trillion_minor_units_is_refused(ridge: Ridge, place: str, value: str) -> None:
    ridge.refuse_value(place, value)


@pytest.mark.parametrize("place", [*AMOUNTS, *MONEY, *SHARES])
def test_number_of_five_thousand_digits_is_refused(ridge: Ridge, place: str) -> None:
    key, value = place.split(" = ", maxsplit=1)[0], "9" * 5000
    ridge.refuse_company(place + "\n", f"{key} = {value}\n", naming="")


@pytest.mark.parametrize("place", [*WHOLE, "offset = -2"])
def test_part_of_a_week_day_or_piece_is_refused(ridge: Ridge, place: str) -> None:
    ridge.refuse_value(place, "1.5")


@pytest.mark.parametrize("value", ["1", "1.0", "1.5", "30"])
def test_margin_floor_is_less_than_one(ridge: Ridge, value: str) -> None:
    ridge.refuse_value("margin_floor = 0.30", value)


@pytest.mark.parametrize(
    ("currency", "value"), [("JPY", "480.5"), ("JPY", "1000000000001"), ("KWD", "0.0001"), ("KWD", "1000000000.001")]
)
def test_money_is_measured_in_the_units_of_its_currency(ridge: Ridge, currency: str, value: str) -> None:
    ridge.edit('currency = "USD"', f'currency = "{currency}"')
    ridge.refuse_value("list_price = 480.00", value)


@pytest.mark.parametrize("value", ["1000000000", "1000000000.000", "0.001", "0", "0.5000"])
@pytest.mark.parametrize("place", AMOUNTS)
def test_amount_at_its_limits_is_taken(ridge: Ridge, place: str, value: str) -> None:
    ridge.edit(place + "\n", f"{place.split(' = ', maxsplit=1)[0]} = {value}\n")
    (result,) = ridge.check()
    assert result["verdict"] in {"fits", "overtime", "short"}


@pytest.mark.parametrize("value", ["10000000000", "10000000000.00", "0.01", "0", "0.500"])
@pytest.mark.parametrize("place", MONEY)
def test_money_at_its_limits_is_taken(ridge: Ridge, place: str, value: str) -> None:
    ridge.edit(place + "\n", f"{place.split(' = ', maxsplit=1)[0]} = {value}\n")
    (result,) = ridge.check()
    assert result["verdict"] == "short"


# The company: texts, flags, lists and dates.


@pytest.mark.parametrize("value", NOT_TEXT)
@pytest.mark.parametrize(
    "place",
    [
        'name = "Ridgeline"',
        'currency = "USD"',
        'timezone = "America/Denver"',
        'country = "US"',
        'name = "Assembly"',
        'kind = "time"',
        'unit = "hour"',
        'reason = "Public holiday"',
        'name = "Summit tent"',
        'family = "Tents"',
        'unit = "tent"',
        'ref = "SO-1881"',
        'note = "Spring order"',
    ],
)
def test_what_is_no_text_is_refused(ridge: Ridge, place: str, value: str) -> None:
    ridge.refuse_value(place, value)


@pytest.mark.parametrize("value", ['"yes"', '"true"', "1", "0", "[true]"])
def test_standard_is_true_or_false(ridge: Ridge, value: str) -> None:
    ridge.refuse_value("standard = true", value)


@pytest.mark.parametrize("value", ['"Summit tent"', "[1]", "[true]", "true", "5", '{a = "Summit tent"}'])
def test_substitutes_are_a_list_of_names(ridge: Ridge, value: str) -> None:
    ridge.refuse_value("substitutes = []", value)


@pytest.mark.parametrize("value", DATES)
@pytest.mark.parametrize(
    ("date", "then"),
    [
        ('as_of = "2026-11-23"', "\n"),
        ('week = "2027-01-11"', "\n"),
        ('week = "2027-01-04"', "\navailable"),
        ('week = "2027-01-04"', "\nquantity"),
    ],
)
def test_what_is_no_date_is_refused(ridge: Ridge, date: str, then: str, value: str) -> None:
    key = date.split(" = ", maxsplit=1)[0]
    ridge.refuse_company(date + then, f"{key} = {value}{then}", naming=key)


@pytest.mark.parametrize("day", ["2026-11-24", "2026-12-07"])
def test_stock_counted_after_today_is_refused(ridge: Ridge, day: str) -> None:
    ridge.edit('as_of = "2026-11-23"', f'as_of = "{day}"')
    assert "as_of" in ridge.door.refuse(ridge.company, ridge.deal)


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("company", '"Ridgeline"'),
        ("company", "[]"),
        ("resources", "5"),
        ("resources", '["Assembly"]'),
        ("resources", '{name = "Assembly"}'),
        ("offers", '"Summit tent"'),
        ("offers", "[5]"),
        ("commitments", "true"),
    ],
)
def test_table_of_the_wrong_shape_is_refused(ridge: Ridge, table: str, value: str) -> None:
    blocks = ridge.company.split("\n\n")
    kept = [block for block in blocks if not block.startswith((f"[{table}", f"[[{table}"))]
    ridge.refuse_company(ridge.company, f"{table} = {value}\n" + "\n\n".join(kept), naming=table)


@pytest.mark.parametrize("value", ["5", '"Assembly"', "[1]", '{resource = "Assembly"}'])
def test_needs_of_the_wrong_shape_are_refused(ridge: Ridge, value: str) -> None:
    needs = '[[offers.needs]]\nresource = "Assembly"\noffset = -2\nweeks = 1\nper_unit = 0.5\nfixed = 4\n'
    ridge.refuse_company(needs, f"needs = {value}\n", naming="needs")


@pytest.mark.parametrize(
    ("need", "key"),
    [
        ('any_of = ["Assembly", "Nobody"]', "any_of"),
        ('any_of = ["Assembly", "Assembly"]', "any_of"),
        ('any_of = ["Assembly", "Poles in stock"]', "any_of"),
        ('any_of = ["Poles in stock"]', "any_of"),
        ('any_of = "Assembly"', "any_of"),
        ("any_of = []", "resource"),
        ('resource = "Assembly"\nany_of = ["Assembly"]', "resource"),
        ('resource = "Assembly"\nahead = 27', "ahead"),
        ('resource = "Assembly"\nahead = -1', "ahead"),
        ('resource = "Assembly"\nahead = 0.5', "ahead"),
        ('resource = "Poles in stock"\nahead = 1', "ahead"),
    ],
)
def test_window_that_cannot_be_is_refused(ridge: Ridge, need: str, key: str) -> None:
    ridge.refuse_company('resource = "Assembly"\noffset', f"{need}\noffset", naming=key)


def test_break_in_a_name_keeps_the_error_on_one_line(ridge: Ridge) -> None:
    ridge.refuse_company("[company]\n", '[company]\n"a\\nb" = 1\n', naming="a")
    ridge.refuse_deal(deal(line(offer="Summit\ntent")), naming="offer")
    ridge.refuse_deal(deal(line(**{"a\nb": "x"})), naming="a")


# The deal: keys.


@pytest.mark.parametrize("key", ["customer", "today", "lines"])
def test_deal_without_a_key_is_refused(ridge: Ridge, key: str) -> None:
    fields = json.loads(deal(line()))
    del fields[key]
    ridge.refuse_deal(json.dumps(fields), naming=key)


@pytest.mark.parametrize("key", ["offer", "quantity", "unit_price", "week"])
def test_line_without_a_key_is_refused(ridge: Ridge, key: str) -> None:
    fields = line()
    del fields[key]
    ridge.refuse_deal(deal(line(week="2027-01-25"), fields), naming=key)


@pytest.mark.parametrize("key", ["note", "Customer", "currency"])
def test_deal_with_another_key_is_refused(ridge: Ridge, key: str) -> None:
    ridge.refuse_deal(deal(line(), **{key: "x"}), naming=key)


@pytest.mark.parametrize("key", ["discount", "Offer", "price"])
def test_line_with_another_key_is_refused(ridge: Ridge, key: str) -> None:
    ridge.refuse_deal(deal(line(**{key: "1"})), naming=key)


@pytest.mark.parametrize(("key", "value"), [("quantity", "200"), ("customer", '"Acme"')])
def test_key_given_twice_is_not_guessed(ridge: Ridge, acme: str, key: str, value: str) -> None:
    once = f'"{key}": {value}'
    ridge.refuse_deal(edited(acme, once, f"{once}, {once}"), naming=key)


# The deal: values.


def test_deal_without_lines_is_refused(ridge: Ridge) -> None:
    ridge.refuse_deal(deal(), naming="line")


@pytest.mark.parametrize("lines", ["null", "{}", "5", '"tent"', "[5]", '["tent"]', "[null]", "[[]]", "true"])
def test_lines_of_the_wrong_shape_are_refused(ridge: Ridge, lines: str) -> None:
    ridge.refuse_deal(deal(lines="@@").replace('"@@"', lines), naming="line")


@pytest.mark.parametrize("value", ["5", "null", "true", "[]", "{}"])
def test_customer_is_text(ridge: Ridge, value: str) -> None:
    ridge.refuse_deal(deal(line(), customer="@@").replace('"@@"', value), naming="customer")


@pytest.mark.parametrize(
    "value", ['"Submit tent"', '"summit tent"', '"Assembly"', '"Tents"', '""', "5", "null", "[]", "{}"]
)
def test_offer_that_does_not_exist_is_refused(ridge: Ridge, value: str) -> None:
    ridge.refuse_line("offer", value)


NO_PLAIN_NUMBERS: tuple[str, ...] = ("null", "true", "false", "[]", "{}", '""', '" "', '"many"')
NO_PLAIN_NUMBERS += ('"1e3"', '"1E3"', '"1_000"', '"1,000"', '"NaN"', '"Infinity"', '"inf"', '"0x10"', '"\\u0663"')
NO_PLAIN_NUMBERS += ('" 20"', '"20 "', '"20\\n"', '"$20"', '"2 0"', '"1/2"', '"1.2.3"', '"--1"', '"."')


@pytest.mark.parametrize("value", NO_PLAIN_NUMBERS)
@pytest.mark.parametrize("field", ["quantity", "unit_price"])
def test_what_is_no_plain_number_is_refused(ridge: Ridge, field: str, value: str) -> None:
    ridge.refuse_line(field, value)


@pytest.mark.parametrize(
    "value", ["0", "-1", "-20", '"0"', '"-1"', "0.5", "1.5", '"1.5"', '"20.001"', "0.999", "-0.0", DUST, f'"{DUST}"']
)
def test_quantity_below_one_or_not_whole_is_refused(ridge: Ridge, value: str) -> None:
    ridge.refuse_line("quantity", value)


@pytest.mark.parametrize(
    "value",
    ["-1", "-0.01", '"-432.00"', "432.001", '"432.001"', "0.001", '"0.0000001"', DUST, f'"{DUST}"', "1e-999999999"],
)
def test_price_below_zero_or_with_parts_of_a_cent_is_refused(ridge: Ridge, value: str) -> None:
    ridge.refuse_line("unit_price", value)


@pytest.mark.parametrize(
    ("currency", "value"), [("JPY", "0.5"), ("JPY", '"432.10"'), ("KWD", "0.0001"), ("KWD", '"1.0005"')]
)
def test_price_with_parts_of_a_minor_unit_is_refused(ridge: Ridge, currency: str, value: str) -> None:
    ridge.edit('currency = "USD"', f'currency = "{currency}"')
    ridge.refuse_line("unit_price", value)


@pytest.mark.parametrize("value", ['"432.000"', "432.0000", '"0.0"', "0"])
def test_price_with_zeros_after_its_places_is_taken(ridge: Ridge, value: str) -> None:
    (result,) = ridge.check(deal(line(unit_price="@@")).replace('"@@"', value))
    assert result["verdict"] == "fits"


@pytest.mark.parametrize("value", [*DATES, "null"])
def test_week_that_is_no_date_is_refused(ridge: Ridge, value: str) -> None:
    ridge.refuse_line("week", value)


@pytest.mark.parametrize("value", [*DATES, "null"])
def test_today_that_is_no_date_is_refused(ridge: Ridge, value: str) -> None:
    ridge.refuse_deal(deal(line(), today="@@").replace('"@@"', value), naming="today")


@pytest.mark.parametrize("week", ["2026-11-22", "2026-11-16", "2025-11-24"])
def test_week_before_this_week_is_refused(ridge: Ridge, week: str) -> None:
    ridge.refuse_line("week", f'"{week}"')


def test_week_before_this_week_is_measured_by_its_monday(ridge: Ridge) -> None:
    (result,) = ridge.check(deal(line(week="2026-11-23"), today="2026-11-29"))
    assert result["shortages"][0]["reason"] == "past"
    ridge.refuse_deal(deal(line(week="2026-11-29"), today="2026-11-30"), naming="week")


@pytest.mark.parametrize("other", ["2027-01-18", "2027-01-20", "2027-01-24"])
def test_two_lines_for_one_offer_and_one_week_are_refused(ridge: Ridge, other: str) -> None:
    twice = deal(line(), line(week=other, quantity=5, unit_price="1.00"))
    ridge.refuse_deal(twice, naming="one line for an offer in a week")


def test_two_lines_for_one_offer_in_two_weeks_are_taken(ridge: Ridge) -> None:
    (result,) = ridge.check(deal(line(), line(week="2027-01-25")))
    assert result["margin"]["revenue"] == "17280.00"
