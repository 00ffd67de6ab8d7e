"""The deal that the demo plays, and the conversation as each person sees it."""

import textwrap
from collections.abc import Callable

from sandbox.client import Message, Person, Sandbox

OPS = "tents-ops"
Say = Callable[[str], None]


class Narrator:
    """Tells what somebody does, and shows what somebody sees."""

    def __init__(self, sandbox: Sandbox, say: Say) -> None:
        self.sandbox, self.say = sandbox, say

    def does(self, words: str) -> None:
        """What somebody does."""
        self.say(f"\n▸ {words}")

    def sees(self, who: str, text: str) -> None:
        """What somebody sees after it."""
        self.say(textwrap.indent(text, f"  {who:<5}│ "))

    def card(self) -> Message:
        """The channel's card."""
        self.sandbox.settle()
        return [m for m in self.sandbox.channel(OPS) if m.buttons or "Acme" in m.as_text()][-1]

    def own(self, person: Person) -> Message:
        """A person's own card."""
        self.sandbox.settle()
        return person.dm()[-1]

    def form(self, person: Person) -> str:
        """The form that is open."""
        self.sandbox.settle()
        modal = person.modal()
        return f"[{modal.title}]\n{modal.as_text()}" if modal else "(closed)"


def play(sandbox: Sandbox, say: Say) -> None:
    """A deal from proposal to delivery, countered once."""
    tell = Narrator(sandbox, say)
    sara, olga = sandbox.person("Sara"), sandbox.person("Olga")
    _propose(tell, sara)
    _counter(tell, olga, sara)
    _agree(tell, sara, olga)
    tell.does("In the thread of the deal, everybody can read:")
    for message in sandbox.thread(OPS, tell.card().ts)[1:]:
        tell.sees("", message.as_text())


def _propose(tell: Narrator, sara: Person) -> None:
    line = "/deal Acme 200 Summit tent by 18 Jan at 10% off"
    tell.does(f"Sara, in #{OPS}, types: {line}")
    sara.command(OPS, line)
    tell.sees("Sara", tell.form(sara))
    tell.does("Sara adds what the customer told her, and posts.")
    words = "Season opener moved up; the stores want tents on the floor by the 20th."
    sara.fill_by_label("What the customer told us", words)
    sara.fill_by_label("How likely", "75 %: wants us")
    sara.submit()
    tell.sees("Olga", tell.card().as_text())


def _counter(tell: Narrator, olga: Person, sara: Person) -> None:
    tell.does("Olga takes the first way to yes: the form is filled in, and sending it holds the capacity.")
    olga.press("Counter with this…", in_=tell.card())
    tell.form(olga)
    olga.fill_by_label("A word to the seller", "No overtime needed this way.")
    tell.sees("Olga", tell.form(olga))
    olga.submit()
    tell.sees("Sara", tell.own(sara).as_text())


def _agree(tell: Narrator, sara: Person, olga: Person) -> None:
    tell.does("Sara presses Accept: the capacity is committed.")
    sara.press("Accept", in_=tell.own(sara))
    tell.sees("Olga", tell.card().as_text())
    tell.does("The customer orders. Sara presses Won; Olga reports both deliveries.")
    sara.press("Won", in_=tell.own(sara))
    olga.press("Delivered…", in_=tell.card())
    tell.form(olga)
    came = (("Summit tent: 116 tents, week of Jan 18", 116), ("Summit tent: 84 tents, week of Jan 25", 84))
    for label, quantity in came:
        olga.fill_by_label(label, quantity)
    olga.submit()
    tell.sees("Sara", tell.own(sara).as_text())
