"""What somebody asks, by rules: each sentence has one topic, and what it is about."""

import random

import pytest

from models.words.asking import Asked, Topic, asked_in
from models.words.vocabulary import words
from tests.models.words.shop import told

HELP = """
hi / Hi Belay! / hello there / hey, what's this? / <@U0BELAY> / <@U0BELAY> help / Help! / help please / Belay, help
hilfe
Was kannst du? / what can you do / What can you do for me? / who are you? / how does this work / Guten Morgen
How are you?
:wave: / 👋 / ? / propose a deal / how do I propose a deal? / Hello Belay, what can you do? / How is it going?
"""
WAITING = """
what waits for me / What's waiting for me? / my turn / My turn? / was liegt an / Was liegt heute an? / what's next
Hallo Belay, was liegt an? / hi, what do I have to do today? / is anything waiting for me? / bin ich dran? / todo
tasks
Was wartet auf mich? / please tell me what waits for me / what's on my plate? / anything to approve? / whose turn is it?
<@U0BELAY> what waits for me please / was muss ich tun
"""
NUMBERED = {
    (12,): """
    #12 / 12 / 12? / deal 12 / Deal #12 / deal no. 12 / status of #12 / status 12 / What's the status of #12?
    Status #12
    what is the status of deal 12 / How is #12 going? / how's deal 12 / whose turn is it on #12? / where's #12
    where is 12
    <@U0BELAY> status of #12 / Hi, can you tell me the status of #12? / any news on #12? / what about #12 / show me #12
    show 12 / open #12 / is #12 approved? / was #12 won / has #12 been accepted / when is #12 due? / why is #12 late?
    Wie steht's mit #12? / wie steht es um #12 / was ist mit #12 / Stand von #12 / zeig mir #12 / #12 status
    #12 please
    status of order #12 / #12! / the status of #12, please
    """,
    (12, 14): "#12 and #14 / status of #12, #14 / #12 #14 / how are #12 and #14 doing?",
}
UNSURE = """
approve #12 / please approve #12 / decline #12 / #12 is won / change #12 to 300 Summit tents / make #12 a week later
can we do #12 a week earlier? / #12 would need 20 more / why did Olga counter #12?
"""
NAMED = {
    "acme": """
    how is the Acme deal / How's the Acme deal going? / status of Acme / What is the status of the Acme deal?
    any news on Acme?
    Is there any news from Acme? / Acme status / how is Acme's deal?
    Hi, could you please tell me the status of the Acme deal?
    has Acme accepted? / did Acme accept yet? / is the Acme deal won? / Wie steht es um Acme?
    Was ist mit dem Deal von Acme
    what happened to the Acme deal / where do we stand with Acme? / find acme / show me the Acme deal
    whose turn is it with Acme
    when is the Acme deal due / status of the deals for acme / hat Acme angenommen?
    """,
    "summit tent": "status of the Summit tents / how are the Summit tent deals doing?",
    "": "status / status? / what is the status / how is the deal?",
}
OTHERS = {
    Topic.THANKS: "thanks! / Thank you. / danke / Vielen Dank! / bye / ok thanks",
    Topic.OWN: "my deals / show me my deals / Meine Deals? / how are my deals doing",
    Topic.OPEN: "list / open deals / show all deals / what is open? / pipeline / offene Deals / deals",
    Topic.AMOUNT: "how many Summit tents can we make by 18 Jan? / when can we deliver 200? / wie viele passen?",
}
DEALS = {
    "-: 200 Summit tent 2027-01-18 ?customer": """
    does 200 Summit tents by 18 Jan fit? / can we make 200 Summit tents by 18 Jan? / does 200 Summit tents by 18 Jan fit
    do we have capacity for 200 Summit tents by 18 Jan? / is there room for 200 Summit tents by 18 Jan?
    Could you check whether 200 Summit tents by 18 Jan fit please / will 200 Summit tents be possible by 18 Jan?
    would 200 Summit tents by 18 Jan work? / hi, does 200 Summit tents by 18 Jan fit? / 200 Summit tents by 18 Jan - ok?
    Passen 200 Summit tents bis 18.1.? / Geht das: 200 Summit tents bis 18.01.? / 200 Summit tents bis 18.01., geht das?
    Haben wir Platz für 200 Summit tents bis zum 18. Januar? / schaffen wir 200 Summit tents bis 18. Januar?
    <@U0BELAY> does 200 Summit tents by 18 Jan fit? / Hey Belay, can we promise 200 Summit tents by 18 Jan?
    we need 200 Summit tents by 18 Jan, possible? / is 200 Summit tents by 18 Jan ok?
    Please check 200 Summit tents by 18 Jan
    """,
    "Acme: 200 Summit tent 2027-01-18": """
    Acme 200 Summit tents by 18 Jan / 200 Summit tents for Acme by 18 Jan / Can Acme get 200 Summit tents by 18 Jan?
    what if Acme wants 200 Summit tents by 18 Jan? / Belay, 200 Summit tents for Acme by 18 Jan
    New deal 200 Summit tents for Acme by 18 Jan / can we do 200 Summit tents for Acme by 18 Jan?
    """,
    "Acme: 200 Summit tent 2027-01-18 @430.00": "200 Summit tents for Acme by 18 Jan at $430",
    "Acme Works: 200 Summit tent 2027-01-18": "200 Summit tents by 18 Jan for Acme Works?",
    "Will Smith Ltd: 200 Summit tent 2027-01-18": "Will Smith Ltd 200 Summit tents by 18 Jan",
    "Belay Devices Ltd: 200 Summit tent 2027-01-18": "Belay Devices Ltd 200 Summit tents by 18 Jan",
    "Fresh: 200 Summit tent 2027-01-18 +": "Hello Fresh 200 Summit tents by 18 Jan",
    "Point: 200 Summit tent 2027-01-18 +": "Check Point 200 Summit tents by 18 Jan",
}
NO_DEALS = "what is the weather / tell me a joke / I have 3 questions / lunch at 12? / ok / approve / is Acme happy?"


def sentences(table: str) -> list[str]:
    """Sentences between slashes."""
    return [sentence.strip() for line in table.strip().splitlines() for sentence in line.split(" / ")]


@pytest.mark.parametrize("sentence", sentences(HELP))
def test_help_is_asked(sentence: str) -> None:
    assert asked_in(sentence) == Asked(Topic.HELP)


@pytest.mark.parametrize("sentence", sentences(WAITING))
def test_what_waits_is_asked(sentence: str) -> None:
    assert asked_in(sentence) == Asked(Topic.WAITING)


@pytest.mark.parametrize(
    ("numbers", "sentence"), [(numbers, each) for numbers, table in NUMBERED.items() for each in sentences(table)]
)
def test_status_is_asked_by_number(numbers: tuple[int, ...], sentence: str) -> None:
    asked = asked_in(sentence)
    assert (asked.topic, asked.numbers, asked.is_sure) == (Topic.STATUS, numbers, True)


@pytest.mark.parametrize("sentence", sentences(UNSURE))
def test_number_among_other_words_is_not_sure(sentence: str) -> None:
    assert asked_in(sentence) == Asked(Topic.STATUS, (12,), text=sentence, is_sure=False)


@pytest.mark.parametrize(
    ("about", "sentence"), [(about, each) for about, table in NAMED.items() for each in sentences(table)]
)
def test_status_is_asked_by_name(about: str, sentence: str) -> None:
    asked = asked_in(sentence)
    assert (asked.topic, asked.numbers, asked.about) == (Topic.STATUS, (), about)


@pytest.mark.parametrize(
    ("topic", "sentence"), [(topic, each) for topic, table in OTHERS.items() for each in sentences(table)]
)
def test_other_topics_are_told_apart(topic: Topic, sentence: str) -> None:
    assert asked_in(sentence).topic == topic


@pytest.mark.parametrize(
    ("deal", "sentence"), [(deal, each) for deal, table in DEALS.items() for each in sentences(table)]
)
def test_deal_is_read_without_the_question_around_it(deal: str, sentence: str) -> None:
    asked = asked_in(sentence)
    assert (asked.topic, told(asked.text)) == (Topic.DEAL, deal)


@pytest.mark.parametrize("sentence", sentences(NO_DEALS))
def test_anything_else_may_be_a_deal_and_names_nothing_that_is_sold(sentence: str) -> None:
    asked = asked_in(sentence)
    assert asked.topic is Topic.DEAL
    assert "Summit" not in told(asked.text)


def test_number_of_somebody_else_s_order_is_none_of_ours() -> None:
    asked = asked_in("PO #4711: Acme 200 Summit tents by 18 Jan")
    assert (asked.topic, asked.numbers) == (Topic.DEAL, ())


def test_number_too_long_for_any_deal_is_none() -> None:
    assert asked_in("#" + "9" * 30).topic is Topic.DEAL


def test_anything_is_read_in_time() -> None:
    chance = random.Random(14)
    known = sorted(words("asking.status") | words("asking.fitting") | words("asking.nothing") | words("asking.stands"))
    for _ in range(2000):
        text = " ".join(chance.choices([*known, "#12", "?", ",", "Acme", "200", "<", "&", "🏔️", "\x00", "'s"], k=12))
        assert isinstance(asked_in(text), Asked)
    for hostile in ("#" * 5000, "please " * 800, "deal " * 900, "status of " * 500, "hi " * 2000, "?" * 5000):
        assert isinstance(asked_in(hostile), Asked)
