"""What the thread says of each move, at its longest."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, make_transient

from handlers.deals.history_words import TELLINGS, history_sentences
from handlers.slack.text import plain
from handlers.slack.view_parts import line
from models.capacity.moving import MOVE_WORK
from models.deals.news import MEND
from models.deals.rows import Deal
from models.deals.states import Move
from models.workspace.history import History, record
from tests.handlers.large import Large, long
from tests.handlers.shown import Slack
from tests.world import NOW, World

# Those of the large world; what has no windows is not moved within them.
MADE = {str(move) for move in TELLINGS} - {MOVE_WORK}


@pytest.mark.parametrize("move", sorted(MADE))
def test_thread_sentence_is_accepted(large: Large, slack: Slack, session: Session, move: str) -> None:
    acts = select(History).where(History.subject == "deal", History.move == move).order_by(History.id)
    told = session.scalars(acts.limit(4)).all()
    assert told != []
    for act in told:
        deal = session.get_one(Deal, act.subject_id)
        make_transient(act)
        # What Belay itself writes into the books is in the company's language, whoever reads it.
        act.why = act.why and long(len(act.why), "Why")
        sentences = history_sentences(deal, act)
        slack.post(" ".join(plain(sentence) for sentence in sentences), [line(*sentences).to_dict()])


def test_moves_are_all_made_and_told(large: Large) -> None:
    made = large.world.session.scalars(select(History.move).where(History.subject == "deal").distinct())
    assert MADE == {"propose", MEND, *Move} == set(made)


def test_moved_work_is_told_to_operations_and_calls_no_seller(world: World) -> None:
    deal = world.propose()
    act = record(deal, MOVE_WORK, by=world.person("Olga"), now=NOW, why="Repair.", details={})
    (sentence,) = history_sentences(deal, act)
    text = plain(sentence)
    assert "the work of this promise was moved within its weeks. It comes as promised." in text
    assert "Repair." in text
    assert deal.seller.user_id not in text
