"""What all ways to yes cost: the whole question from the database, the search included and nothing remembered."""

from bot.database import Database
from models.deals.terms import Terms
from models.promise import Ways, ways_to_yes
from models.promise.ways import QUICK
from tests.bench.checking import LINES, Companies, searchable_once, summary
from tests.bench.company import COMMITMENTS, RESOURCES, WEEKS

ROUNDS = 2


def answer(database: Database, terms: Terms) -> Ways:
    """All ways to yes, as Slack asks for them."""
    checked = searchable_once(database, terms)
    return ways_to_yes(checked.company, checked.check, limit=QUICK)


def main(companies: Companies) -> None:
    """Print what they cost, how many are proven, and how that depends on the load of the company."""
    print(f"{RESOURCES} resources × {WEEKS} weeks × {COMMITMENTS:,} commitments, deals that do not fit:")
    for lines in LINES:
        compared = companies.compare(lines, answer, rounds=ROUNDS)
        proven = [each for each in compared if each.answer.is_complete]
        at_once = [each for each in proven if max(each.many) <= QUICK]
        print(f"all ways, {lines:>2} lines: {summary(compared)}")
        print(f"  proven within {QUICK:.0f} s for each kind: {len(proven) / len(compared):.0%} of the deals")
        print(f"  proven and answered within {QUICK:.0f} s of the wall clock: {len(at_once) / len(compared):.0%}")
