"""What one can type."""

from handlers.slack.text import Bold, Code, Sentence


def deal_help() -> Sentence:
    """The words after /deal."""
    return (
        Bold("/deal"),
        " proposes a deal: it says at once whether it fits.\n",
        Code("/deal Acme 200 Summit tent by 18 Jan at 10% off"),
        " fills the form in.\n",
        Code("/deal list"),
        " shows the deals that are not over, ",
        Code("/deal show 42"),
        " one of them with your buttons.",
    )


def belay_help() -> Sentence:
    """The words after /belay."""
    return (
        Code("/belay"),
        " says how far the set-up is.\n",
        Code("/belay roles"),
        " says who speaks for sales, operations, finance and leadership.\n",
        Code("/belay channels"),
        " chooses the operations channel of each family.\n",
        Code("/belay schedules"),
        " says what is posted when, where; ",
        Code("/belay scoreboard"),
        " how sales and operations do; ",
        Code("/belay standards"),
        " what customers keep asking for.\n",
        Code("/belay hours"),
        " sets your working hours, ",
        Code("/belay settings"),
        " those of the company, the time to answer and who leads.\n",
        Code("/deal help"),
        " is for proposing deals, ",
        Code("/capacity help"),
        " for the coming weeks.",
    )
