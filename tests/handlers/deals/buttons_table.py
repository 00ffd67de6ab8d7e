"""Who may press which button when, by hand from issue 2 ("In Slack") and PRODUCT.md ("A deal's life").

A block for each state; a row is: button | who may | the state afterwards. What has no row is refused to everybody, and
everybody who is not named in a row is refused.
"""

from tests.handlers.desk import rows_in

ROLES = {
    "seller": "sells this deal",
    "other seller": "sells other deals",
    "operations": "made the decisions and counters of operations so far",
    "finance": "has the role",
    "leadership": "has the role",
    "nobody": "has no role",
    "guest": "was in operations before becoming a guest",
    "foreigner": "is known as operations, but presses as somebody of another organisation",
    "both": "sells this deal, and has the role of operations as well: nobody decides on their own deal",
}

BUTTONS = (
    "approve",
    "approve with overtime",
    "accept",
    "counter",
    "counter back",
    "extend the hold",
    "revise",
    "change",
    "withdraw",
    "decline",
    "win",
    "lose",
    "cancel",
    "deliver",
    "ask",
    "answer",
    "join the call",
    "set the call",
    "set when it is decided",
    "numbers",
    "approve and say why",
    "send back",
    "hand over",
    "edit",
    "attach",
    "object",
)

# Readings where the documents leave a choice: both sides ask, and so do finance and leadership; leadership joins a call
# as operations do; a question that waits is answered, and a call is set, until the delivery; operations may counter
# their own counter, or what they agreed to while finance is missing; what was won can still be cancelled; a hold that
# stands is extended whoever's turn it is. Below the floor finance and leadership say why they agree, counter with a
# price, or send it back; leadership hands any deal over.
WHO_MAY = {
    "proposed": """
        approve               | operations                                    | approved
        approve with overtime | operations                                    | approved
        approve and say why   | operations                                    | approved
        counter               | operations                                    | countered
        decline               | leadership                                    | declined
        revise                | seller, both                                  | proposed
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    # Operations and finance (or leadership) agree in either order: the first leaves the deal waiting for the other.
    "below the floor": """
        approve               | operations                                    | proposed
        approve with overtime | operations                                    | proposed
        approve and say why   | operations, finance, leadership               | proposed
        counter               | operations, finance, leadership               | countered
        decline               | leadership                                    | declined
        revise                | seller, both                                  | proposed
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        send back             | finance, leadership                           | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    # Somebody has decided: no revising any more.
    "operations agreed": """
        approve and say why   | finance, leadership                           | approved
        counter               | operations, finance, leadership               | countered
        decline               | leadership                                    | declined
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        send back             | finance, leadership                           | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    # The search has proven that there is no way to yes: operations need not counter before they decline.
    "without a way": """
        approve               | operations                                    | approved
        approve with overtime | operations                                    | approved
        approve and say why   | operations                                    | approved
        counter               | operations                                    | countered
        decline               | operations, leadership                        | declined
        revise                | seller, both                                  | proposed
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    # The hold of operations' counter stands until it expires.
    "countered back": """
        approve               | operations                                    | approved
        approve with overtime | operations                                    | approved
        approve and say why   | operations                                    | approved
        counter               | operations                                    | countered
        extend the hold       | operations                                    | proposed
        decline               | operations, leadership                        | declined
        revise                | seller, both                                  | proposed
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    "countered": """
        accept                | seller, both                                  | approved
        counter               | operations                                    | countered
        counter back          | seller, both                                  | proposed
        extend the hold       | operations                                    | countered
        decline               | operations, leadership                        | declined
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | countered
        answer                | seller, both, operations                      | countered
        join the call         | operations, leadership                        | countered
        set the call          | seller, both                                  | countered
        numbers               | operations, finance, leadership, both         | countered
        hand over             | seller, both, leadership                      | countered
        edit                  | seller, both                                  | countered
        attach                | seller, both, operations, finance, leadership | countered
    """,
    # Twice at most.
    "extended twice": """
        accept                | seller, both                                  | approved
        counter               | operations                                    | countered
        counter back          | seller, both                                  | proposed
        decline               | operations, leadership                        | declined
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | countered
        answer                | seller, both, operations                      | countered
        join the call         | operations, leadership                        | countered
        set the call          | seller, both                                  | countered
        numbers               | operations, finance, leadership, both         | countered
        hand over             | seller, both, leadership                      | countered
        edit                  | seller, both                                  | countered
        attach                | seller, both, operations, finance, leadership | countered
    """,
    "countered below the floor": """
        approve and say why   | finance, leadership                           | countered
        accept                | seller, both                                  | countered
        counter               | operations, finance, leadership               | countered
        counter back          | seller, both                                  | proposed
        extend the hold       | operations                                    | countered
        decline               | operations, finance, leadership               | declined
        withdraw              | seller, both                                  | withdrawn
        ask                   | seller, both, operations, finance, leadership | countered
        answer                | seller, both, operations                      | countered
        join the call         | operations, leadership                        | countered
        set the call          | seller, both                                  | countered
        numbers               | operations, finance, leadership, both         | countered
        send back             | finance, leadership                           | countered
        hand over             | seller, both, leadership                      | countered
        edit                  | seller, both                                  | countered
        attach                | seller, both, operations, finance, leadership | countered
    """,
    "approved": """
        change                | seller, both                                  | proposed
        win                   | seller, both                                  | won
        lose                  | seller, both                                  | lost
        cancel                | seller, both                                  | cancelled
        answer                | seller, both, operations                      | approved
        set the call          | seller, both                                  | approved
        set when it is decided | seller, both                                  | approved
        numbers               | operations, finance, leadership, both         | approved
        hand over             | seller, both, leadership                      | approved
        edit                  | seller, both                                  | approved
        attach                | seller, both, operations, finance, leadership | approved
    """,
    # The promise cannot be kept any more: only then may operations counter it.
    "approved, broken": """
        counter               | operations                                    | countered
        change                | seller, both                                  | proposed
        win                   | seller, both                                  | won
        lose                  | seller, both                                  | lost
        cancel                | seller, both                                  | cancelled
        answer                | seller, both, operations                      | approved
        set the call          | seller, both                                  | approved
        set when it is decided | seller, both                                  | approved
        numbers               | operations, finance, leadership, both         | approved
        hand over             | seller, both, leadership                      | approved
        edit                  | seller, both                                  | approved
        attach                | seller, both, operations, finance, leadership | approved
    """,
    # As a change: who drops or declines the counter leaves the deal approved.
    "approved, broken, countered": """
        accept                | seller, both                                  | approved
        counter               | operations                                    | countered
        counter back          | seller, both                                  | proposed
        extend the hold       | operations                                    | countered
        decline               | operations, leadership                        | approved
        withdraw              | seller, both                                  | approved
        ask                   | seller, both, operations, finance, leadership | countered
        answer                | seller, both, operations                      | countered
        join the call         | operations, leadership                        | countered
        set the call          | seller, both                                  | countered
        numbers               | operations, finance, leadership, both         | countered
        hand over             | seller, both, leadership                      | countered
        edit                  | seller, both                                  | countered
        attach                | seller, both, operations, finance, leadership | countered
    """,
    # The old promise stands meanwhile: who drops the change or declines it leaves the deal approved.
    "a change under way": """
        approve               | operations                                    | approved
        approve with overtime | operations                                    | approved
        approve and say why   | operations                                    | approved
        counter               | operations                                    | countered
        decline               | leadership                                    | approved
        revise                | seller, both                                  | proposed
        withdraw              | seller, both                                  | approved
        ask                   | seller, both, operations, finance, leadership | proposed
        answer                | seller, both, operations                      | proposed
        join the call         | operations, leadership                        | proposed
        set the call          | seller, both                                  | proposed
        numbers               | operations, finance, leadership, both         | proposed
        hand over             | seller, both, leadership                      | proposed
        edit                  | seller, both                                  | proposed
        attach                | seller, both, operations, finance, leadership | proposed
    """,
    "won": """
        change                | seller, both                                  | proposed
        cancel                | seller, both                                  | cancelled
        deliver               | operations                                    | delivered
        answer                | seller, both, operations                      | won
        set the call          | seller, both                                  | won
        numbers               | operations, finance, leadership, both         | won
        hand over             | seller, both, leadership                      | won
        edit                  | seller, both                                  | won
        attach                | seller, both, operations, finance, leadership | won
    """,
    "won, broken": """
        change                | seller, both                                  | proposed
        counter               | operations                                    | countered
        cancel                | seller, both                                  | cancelled
        deliver               | operations                                    | delivered
        answer                | seller, both, operations                      | won
        set the call          | seller, both                                  | won
        numbers               | operations, finance, leadership, both         | won
        hand over             | seller, both, leadership                      | won
        edit                  | seller, both                                  | won
        attach                | seller, both, operations, finance, leadership | won
    """,
    # What the customer has ordered stays ordered, on the new promise or on the old one.
    "won, broken, countered": """
        accept                | seller, both                                  | won
        counter               | operations                                    | countered
        counter back          | seller, both                                  | proposed
        extend the hold       | operations                                    | countered
        decline               | operations, leadership                        | won
        withdraw              | seller, both                                  | won
        ask                   | seller, both, operations, finance, leadership | countered
        answer                | seller, both, operations                      | countered
        join the call         | operations, leadership                        | countered
        set the call          | seller, both                                  | countered
        numbers               | operations, finance, leadership, both         | countered
        hand over             | seller, both, leadership                      | countered
        edit                  | seller, both                                  | countered
        attach                | seller, both, operations, finance, leadership | countered
    """,
    "delivered": """
        numbers               | operations, finance, leadership, both         | delivered
        attach                | seller, both, operations, finance, leadership | delivered
        object                | seller, both                                  | delivered
    """,
    "declined": "numbers | operations, finance, leadership, both | declined",
    "withdrawn": "numbers | operations, finance, leadership, both | withdrawn",
    "lost": "numbers | operations, finance, leadership, both | lost",
    "cancelled": "numbers | operations, finance, leadership, both | cancelled",
    # Nobody has reported whether it was won: the clock ends the promise.
    "expired": "numbers | operations, finance, leadership, both | expired",
}

# States that are another one's but for a few rows: those rows are tried by everybody, the others by one in turn.
LIKE = {
    "without a way": "proposed",
    "countered back": "proposed",
    "extended twice": "countered",
    "approved, broken": "approved",
    "approved, broken, countered": "countered",
    "won, broken": "won",
    "won, broken, countered": "countered",
}

# The buttons on each card, with the deal of a seller who has no other role: the channel's, the seller's, finance's.
# Nobody has asked anything or joined a call; finance have a card of a deal below its floor only.
# Step by step, while somebody is asked.
AGREES = "Who agrees…"
DECIDING = ["Approve", "Counter…", "Ask…", "Join the call", "Show the numbers", "Decline…", "Attach…", AGREES]
AFTER_THE_YES = ["Counter…", "Ask…", "Join the call", "Show the numbers", "Decline…", "Attach…", AGREES]
HOLDING = ["Counter…", "Ask…", "Join the call", "Extend the hold", "Show the numbers", "Decline…", "Attach…", AGREES]
# A way to yes: below the floor a higher price, of a promise that broke a later week.
DEARER = LATER = "Counter with this…"
FINANCE = ["Approve…", "Counter…", "Send back…", "Ask…", "Show the numbers"]
# What a seller may do around the terms, and with a promise.
AROUND = ["Edit…", "Attach…", "Hand over…"]
PROMISE = ["Set when it is decided…", *AROUND, "Cancel the deal…"]
LOOK = ["Show the numbers"]
# To the week that a promise lacks, or that a proposal is short of or nearly fills.
WEEK = "Show the week"
# With other promises that the same week cannot keep.
TOGETHER = "Compare with others"
SHOWN: dict[str, tuple[list[str], list[str], list[str] | None]] = {
    "proposed": (DECIDING, ["Revise…", "Ask…", "Withdraw", *AROUND, AGREES], None),
    "below the floor": (
        [DEARER, *DECIDING],
        ["Revise to this…", "Revise…", "Ask…", "Withdraw", *AROUND, AGREES],
        [DEARER, *FINANCE, "Attach…", AGREES],
    ),
    "operations agreed": (
        [DEARER, *AFTER_THE_YES],
        ["Recall…", "Ask…", "Withdraw", *AROUND, AGREES],
        [DEARER, *FINANCE, "Attach…", AGREES],
    ),
    "without a way": (DECIDING, ["Revise…", "Ask…", "Withdraw", *AROUND, AGREES], None),
    "countered back": (["Approve", *HOLDING], ["Revise…", "Ask…", "Withdraw", *AROUND, AGREES], None),
    "countered": (HOLDING, ["Accept", "Counter back…", "Ask…", "Withdraw", *AROUND, AGREES], None),
    "extended twice": (AFTER_THE_YES, ["Accept", "Counter back…", "Ask…", "Withdraw", *AROUND, AGREES], None),
    "countered below the floor": (
        [DEARER, *HOLDING],
        ["Counter back with this…", "Accept", "Counter back…", "Ask…", "Withdraw", *AROUND, AGREES],
        [DEARER, *FINANCE, "Decline…", "Attach…", AGREES],
    ),
    "approved": ([*LOOK, "Attach…"], ["Won", "Lost…", "Change…", *PROMISE], None),
    # The way on stands first.
    "approved, broken": (
        [LATER, "Counter…", *LOOK, TOGETHER, WEEK, "Attach…"],
        ["Change…", "Won", "Lost…", *PROMISE],
        None,
    ),
    "approved, broken, countered": (
        HOLDING,
        ["Accept", "Counter back…", "Ask…", "Drop the change", *AROUND, AGREES],
        None,
    ),
    "a change under way": (DECIDING, ["Revise…", "Ask…", "Drop the change", *AROUND, AGREES], None),
    "won": (["Delivered…", *LOOK, "Attach…"], ["Change…", *AROUND, "Cancel the deal…"], None),
    "won, broken": (
        [LATER, "Counter…", "Delivered…", *LOOK, TOGETHER, WEEK, "Attach…"],
        ["Change…", *AROUND, "Cancel the deal…"],
        None,
    ),
    "won, broken, countered": (HOLDING, ["Accept", "Counter back…", "Ask…", "Drop the change", *AROUND, AGREES], None),
    "delivered": ([*LOOK, "Attach…"], ["The customer says…", "Attach…"], None),
    "declined": (LOOK, [], None),
    "withdrawn": (LOOK, [], None),
    "lost": (LOOK, [], None),
    "cancelled": (LOOK, [], None),
    "expired": (LOOK, [], None),
}


def who_may(state: str) -> dict[str, frozenset[str]]:
    """A state's block without the states afterwards."""
    return {button: who for button, (who, _) in rows_of(state).items()}


def rows_of(state: str) -> dict[str, tuple[frozenset[str], str]]:
    """A state's block, by button: who may, and the state afterwards."""
    rows = rows_in(WHO_MAY[state])
    assert set(rows) <= set(BUTTONS)
    assert all(who <= set(ROLES) for who, _ in rows.values())
    return rows
