"""How many of what."""

import pytest

from tests.models.words.shop import told


@pytest.mark.parametrize(
    "item",
    [
        *("200 Summit tents", "200x Summit tent", "200 x Summit tent", "200 pcs of Summit tent", "Summit tent x 200"),
        *(
            "Summit tents x200",
            "Summit tent: 200",
            "Summit tent (200)",
            "Summit tents, 200 of them",
            "two hundred Summit tents",
        ),
        *("200 of the Summit tents", "qty 200 Summit tents", "0.2k Summit tents", "200 “Summit tents”"),
    ],
)
def test_item_is_counted_however_it_is_written(item: str) -> None:
    assert told(f"Acme {item} by 18 Jan") == "Acme: 200 Summit tent 2027-01-18"


@pytest.mark.parametrize(
    "item", ["200-250 Summit tents", "200 or 250 Summit tents", "0 Summit tents", "-5 Summit tents", "1.5 Summit tents"]
)
def test_quantity_in_doubt_is_asked(item: str) -> None:
    assert told(f"Acme {item} by 18 Jan") == "Acme: - Summit tent 2027-01-18 ?0.quantity"


@pytest.mark.parametrize(
    "item", ["200 blue Summit tents", "200 Summit tent XXL", "200 Summit or Ridge tents", "200 kayaks", "200 tents"]
)
def test_offer_in_doubt_is_asked(item: str) -> None:
    assert told(f"Acme {item} by 18 Jan") == "Acme: 200 - 2027-01-18 ?0.offer"


@pytest.mark.parametrize(
    "name", ["Forever 21", "7-Eleven", "3M", "1-800-Flowers", "99 Ranch Market", "7 Summits Travel"]
)
def test_number_in_a_name_counts_nothing(name: str) -> None:
    assert told(f"{name} 200 Ridge tents by 18 Jan") == f"{name}: 200 Ridge tent 2027-01-18 +"
