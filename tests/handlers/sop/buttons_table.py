"""Who may press which S&OP button at which step, by hand from issue 6 (the cycle) and PRODUCT.md.

A block for each step; a row is: button | who may | the step afterwards. What has no row is refused to everybody, and
everybody who is not named in a row is refused. `all` are those who have a role.
"""

from tests.handlers.desk import rows_in

ROLES = {
    "seller": "forecasts",
    "operations": "plans the supply of every family, and sees to the decision that is open",
    "other planner": "is in operations, and no family is theirs",
    "finance": "has the role",
    "leadership": "has the role",
    "coordinator": "coordinates the cycle, and sells",
    "nobody": "has no role",
    "guest": "was in operations before becoming a guest",
    "foreigner": "is known as operations, but presses as somebody of another organisation",
}

BUTTONS = (
    "submit a forecast",
    "agree to all",
    "choose a family to forecast",
    "send the forecast's file",
    "hand in the forecast's file",
    "submit supply",
    "choose a family to supply",
    "send the supply's file",
    "hand in the supply's file",
    "show the page",
    "comment",
    "decide",
    "decide on a gap",
    "choose what to decide on",
    "agree on demand",
    "choose a family to agree on",
    "what if",
    "a new what-if",
    "make it the plan",
    "remove the scenario",
    "decide from the scenario",
    "draw the scenario",
    "hand in the budget",
    "workbook with money",
    "reconciled",
    "sign",
    "close the decision",
)

# Readings where the documents leave a choice: forecasts and supply are changed after their review, too, and the plan
# is another one then; the coordinator decides whatever their role; the decision of last month is carried over.
WHO_MAY = {
    "data": """
        show the page               | all                       | data
        comment                     | all                       | data
        hand in the budget          | finance, leadership       | data
        workbook with money         | sees money                | data
        close the decision          | operations, leadership    | data
    """,
    "demand": """
        submit a forecast           | seller, coordinator       | demand
        agree to all                | seller, coordinator       | demand
        choose a family to forecast | seller, coordinator       | demand
        send the forecast's file    | seller, coordinator       | demand
        hand in the forecast's file | seller, coordinator       | demand
        show the page               | all                       | demand
        comment                     | all                       | demand
        hand in the budget          | finance, leadership       | demand
        workbook with money         | sees money                | demand
        close the decision          | operations, leadership    | demand
    """,
    "supply": """
        submit a forecast           | seller, coordinator       | supply
        agree to all                | seller, coordinator       | supply
        choose a family to forecast | seller, coordinator       | supply
        send the forecast's file    | seller, coordinator       | supply
        hand in the forecast's file | seller, coordinator       | supply
        submit supply               | operations                | supply
        choose a family to supply   | operations                | supply
        send the supply's file      | operations, other planner | supply
        hand in the supply's file   | operations                | supply
        show the page               | all                       | supply
        comment                     | all                       | supply
        hand in the budget          | finance, leadership       | supply
        workbook with money         | sees money                | supply
        decide                      | all but seller            | supply
        decide on a gap             | all but seller            | supply
        choose what to decide on    | all but seller            | supply
        what if                     | all but seller            | supply
        a new what-if               | all but seller            | supply
        decide from the scenario    | all but seller            | supply
        draw the scenario           | all but seller            | supply
        remove the scenario         | all but seller            | supply
        close the decision          | operations, leadership    | supply
    """,
    "reconciliation": """
        submit a forecast           | seller, coordinator       | reconciliation
        agree to all                | seller, coordinator       | reconciliation
        choose a family to forecast | seller, coordinator       | reconciliation
        send the forecast's file    | seller, coordinator       | reconciliation
        hand in the forecast's file | seller, coordinator       | reconciliation
        submit supply               | operations                | reconciliation
        choose a family to supply   | operations                | reconciliation
        send the supply's file      | operations, other planner | reconciliation
        hand in the supply's file   | operations                | reconciliation
        show the page               | all                       | reconciliation
        comment                     | all                       | reconciliation
        hand in the budget          | finance, leadership       | reconciliation
        workbook with money         | sees money                | reconciliation
        decide                      | all but seller            | reconciliation
        decide on a gap             | all but seller            | reconciliation
        choose what to decide on    | all but seller            | reconciliation
        what if                     | all but seller            | reconciliation
        a new what-if               | all but seller            | reconciliation
        decide from the scenario    | all but seller            | reconciliation
        draw the scenario           | all but seller            | reconciliation
        remove the scenario         | all but seller            | reconciliation
        make it the plan            | coordinator, leadership   | reconciliation
        agree on demand             | coordinator, leadership   | reconciliation
        choose a family to agree on | coordinator, leadership   | reconciliation
        reconciled                  | all but seller            | reconciliation
        close the decision          | operations, leadership    | reconciliation
    """,
    "executive": """
        submit a forecast           | seller, coordinator       | executive
        agree to all                | seller, coordinator       | executive
        choose a family to forecast | seller, coordinator       | executive
        send the forecast's file    | seller, coordinator       | executive
        hand in the forecast's file | seller, coordinator       | executive
        submit supply               | operations                | executive
        choose a family to supply   | operations                | executive
        send the supply's file      | operations, other planner | executive
        hand in the supply's file   | operations                | executive
        show the page               | all                       | executive
        comment                     | all                       | executive
        hand in the budget          | finance, leadership       | executive
        workbook with money         | sees money                | executive
        decide                      | all but seller            | executive
        decide on a gap             | all but seller            | executive
        choose what to decide on    | all but seller            | executive
        what if                     | all but seller            | executive
        a new what-if               | all but seller            | executive
        decide from the scenario    | all but seller            | executive
        draw the scenario           | all but seller            | executive
        remove the scenario         | all but seller            | executive
        make it the plan            | coordinator, leadership   | executive
        agree on demand             | coordinator, leadership   | executive
        choose a family to agree on | coordinator, leadership   | executive
        reconciled                  | all but seller            | executive
        sign                        | leadership                | signed
        close the decision          | operations, leadership    | executive
    """,
    # What was signed is not signed again, and nothing waits to be reconciled.
    "signed": """
        submit a forecast           | seller, coordinator       | signed
        agree to all                | seller, coordinator       | signed
        choose a family to forecast | seller, coordinator       | signed
        send the forecast's file    | seller, coordinator       | signed
        hand in the forecast's file | seller, coordinator       | signed
        submit supply               | operations                | signed
        choose a family to supply   | operations                | signed
        send the supply's file      | operations, other planner | signed
        hand in the supply's file   | operations                | signed
        show the page               | all                       | signed
        comment                     | all                       | signed
        hand in the budget          | finance, leadership       | signed
        workbook with money         | sees money                | signed
        decide                      | all but seller            | signed
        decide on a gap             | all but seller            | signed
        choose what to decide on    | all but seller            | signed
        what if                     | all but seller            | signed
        a new what-if               | all but seller            | signed
        decide from the scenario    | all but seller            | signed
        draw the scenario           | all but seller            | signed
        remove the scenario         | all but seller            | signed
        make it the plan            | coordinator, leadership   | signed
        agree on demand             | coordinator, leadership   | signed
        choose a family to agree on | coordinator, leadership   | signed
        close the decision          | operations, leadership    | signed
    """,
    # The seller has agreed to all by then.
    "signed, and changed since": """
        submit a forecast           | seller, coordinator       | signed
        agree to all                | coordinator               | signed
        choose a family to forecast | seller, coordinator       | signed
        send the forecast's file    | seller, coordinator       | signed
        hand in the forecast's file | seller, coordinator       | signed
        submit supply               | operations                | signed
        choose a family to supply   | operations                | signed
        send the supply's file      | operations, other planner | signed
        hand in the supply's file   | operations                | signed
        show the page               | all                       | signed
        comment                     | all                       | signed
        hand in the budget          | finance, leadership       | signed
        workbook with money         | sees money                | signed
        decide                      | all but seller            | signed
        decide on a gap             | all but seller            | signed
        choose what to decide on    | all but seller            | signed
        what if                     | all but seller            | signed
        a new what-if               | all but seller            | signed
        decide from the scenario    | all but seller            | signed
        draw the scenario           | all but seller            | signed
        remove the scenario         | all but seller            | signed
        make it the plan            | coordinator, leadership   | signed
        agree on demand             | coordinator, leadership   | signed
        choose a family to agree on | coordinator, leadership   | signed
        sign                        | leadership                | signed
        close the decision          | operations, leadership    | signed
    """,
    # Windows of last month's cycle, which was in its executive meeting when the next one began.
    "over": """
        show the page               | all                       | executive
        hand in the budget          | finance, leadership       | executive
        workbook with money         | sees money                | executive
        close the decision          | operations, leadership    | executive
    """,
}

WITH_ROLE = frozenset({"seller", "operations", "other planner", "finance", "leadership", "coordinator"})
GROUPS = {
    "all": WITH_ROLE,
    "all but seller": WITH_ROLE - {"seller"},
    "sees money": WITH_ROLE - {"seller", "coordinator"},
}


def rows_of(step: str) -> dict[str, tuple[frozenset[str], str]]:
    """A step's block, by button: who may, and the step afterwards."""
    rows = {
        button: (frozenset[str]().union(*(GROUPS.get(name, {name}) for name in who)), after)
        for button, (who, after) in rows_in(WHO_MAY[step]).items()
    }
    assert set(rows) <= set(BUTTONS)
    assert all(who <= set(ROLES) for who, _ in rows.values())
    return rows
