"""Every action, callback and block id, and what buttons and forms carry: hints, to be checked again."""

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from typing import Self

REVISION = "~"


class Act(StrEnum):
    """What a button, select or shortcut asks for."""

    PROPOSE = "propose"
    PROPOSE_WORDS = "propose_words"
    WAITING = "waiting"
    APPROVE = "approve"
    APPROVE_WHY = "approve_why"
    SEND_BACK = "send_back"
    ACCEPT = "accept"
    COUNTER = "counter"
    COUNTER_BACK = "counter_back"
    REVISE = "revise"
    CHANGE = "change"
    WITHDRAW = "withdraw"
    DECLINE = "decline"
    WIN = "win"
    LOSE = "lose"
    CANCEL = "cancel"
    DELIVER = "deliver"
    OBJECT = "object"
    HAND_OVER = "hand_over"
    EDIT_DEAL = "edit_deal"
    ATTACH = "attach"
    ASK = "ask"
    ANSWER = "answer"
    JOIN_CALL = "join_call"
    SET_CALL = "set_call"
    NUMBERS = "numbers"
    MORE = "more"
    CHECK = "check"
    ADD_LINE = "add_line"
    REMOVE_LINE = "remove_line"
    OFFER = "offer"
    EDIT = "edit"
    TAKE = "take"
    RESOURCE = "resource"
    WEEK = "week"
    CAPACITY = "capacity"
    ADJUST = "adjust"
    ADJUSTED = "adjusted"
    ADJUST_RESOURCE = "adjust_resource"
    IMPORT = "import"
    EXTEND = "extend"
    SNOOZE = "snooze"
    SET_WIN_BY = "set_win_by"
    COUNTRY = "country"
    SCHEDULE = "schedule"
    SCHEDULED = "scheduled"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    POST_NOW = "post_now"
    SCOREBOARD = "scoreboard"
    DEFINITIONS = "definitions"
    STANDARD = "standard"
    FORECAST = "forecast"
    SUPPLY = "supply"
    FAMILY = "family"
    AGREE_ALL = "agree_all"
    PAGE = "page"
    DECIDE = "decide"
    DECIDE_ON = "decide_on"
    DECIDING = "deciding"
    AGREE = "agree"
    AGREEING = "agreeing"
    SEND_PLAN = "send_plan"
    COMMENT = "comment"
    WHAT_IF = "what_if"
    NEW_SCENARIO = "new_scenario"
    SCENARIO_OF = "scenario_of"
    LIKE_OF = "like_of"
    WHAT_IF_WAY = "what_if_way"
    WHAT_IF_WON = "what_if_won"
    KEEP_SCENARIO = "keep_scenario"
    ADOPT = "adopt"
    FORGET = "forget"
    DECIDE_SCENARIO = "decide_scenario"
    DRAW_SCENARIO = "draw_scenario"
    RECONCILED = "reconciled"
    WAY_OUT = "way_out"
    OWNED = "owned"
    TARGETED = "targeted"
    BEGINNING = "beginning"
    MARKED = "marked"
    LIKE = "like"
    SHEET = "sheet"
    SEND_SHEET = "send_sheet"
    CLOSE = "close"
    SIGN = "sign"
    ROLES = "roles"
    FROM_GROUPS = "from_groups"
    ASK_ROLE = "ask_role"
    GIVE_ROLE = "give_role"
    CHANNELS = "channels"
    MAKE_CHANNEL = "make_channel"
    TRY_DEAL = "try_deal"
    DO_IT = "do_it"
    SET_CHANNELS = "set_channels"
    SOUGHT = "sought"
    FIND = "find"
    FIND_ANEW = "find_anew"
    OPEN = "open"
    WEEKS = "weeks"
    SHOW_WEEK = "show_week"
    RESERVE = "reserve"
    GIVE_BACK = "give_back"
    COMPARE = "compare"
    COMPARED = "compared"
    WEIGHED = "weighed"
    UNDO = "undo"
    UNDO_DEAL = "undo_deal"
    BULK = "bulk"
    STEPS = "steps"
    TAKE_BACK = "take_back"
    RECALL = "recall"
    ABSTAIN = "abstain"
    ADD_APPROVER = "add_approver"
    REASSIGN = "reassign"
    ADD_CONDITION = "add_condition"
    MEET = "meet"
    WAIVE = "waive"
    TRY_AGAIN = "try_again"
    EXPORT_ALL = "export_all"
    COMPANY = "company"
    LIST = "list"
    LOOK_UP = "look_up"
    CHANGE_ENTRY = "change_entry"
    NEEDS = "needs"
    CHANGE_NEED = "change_need"
    REMOVE_NEED = "remove_need"
    RETIRE = "retire"
    RETIRED = "retired"
    BRING_BACK = "bring_back"
    STAND_IN = "stand_in"
    RENAME_FAMILY = "rename_family"
    COMPANY_SETTINGS = "company_settings"
    BRING = "bring"
    SEND_COMPANY = "send_company"
    SAMPLES = "samples"
    ERASE = "erase"
    POLICY = "policy"
    RULE = "rule"
    DROP_RULE = "drop_rule"
    STANDARD_POLICY = "standard_policy"
    CLAUSES = "clauses"
    CLAUSE = "clause"
    CLAUSE_KIND = "clause_kind"
    DROP_CLAUSE = "drop_clause"
    BRING_RULES = "bring_rules"
    SEND_RULES = "send_rules"
    NEW_ACCESS = "new_access"
    REVOKE_ACCESS = "revoke_access"
    WEBHOOKS = "webhooks"
    NEW_WEBHOOK = "new_webhook"
    REMOVE_WEBHOOK = "remove_webhook"
    RESUME_WEBHOOK = "resume_webhook"
    WEBHOOK_LOG = "webhook_log"
    SEND_AGAIN = "send_again"
    SEND_ALL_AGAIN = "send_all_again"


class Callback(StrEnum):
    """Which form was submitted."""

    PROPOSE = "propose"
    REVISE = "revise"
    COUNTER = "counter"
    COUNTER_BACK = "counter_back"
    CHANGE = "change"
    APPROVE_WHY = "approve_why"
    SEND_BACK = "send_back"
    UNDO_DEAL = "undo_deal"
    STEPS = "steps"
    ABSTAIN = "abstain"
    ADD_APPROVER = "add_approver"
    REASSIGN = "reassign"
    WAIVE = "waive"
    DECLINE = "decline"
    LOSE = "lose"
    CANCEL = "cancel"
    DELIVER = "deliver"
    OBJECT = "object"
    HAND_OVER = "hand_over"
    HAND_OVER_ALL = "hand_over_all"
    EDIT_DEAL = "edit_deal"
    ATTACH = "attach"
    ASK = "ask"
    ANSWER = "answer"
    SET_CALL = "set_call"
    CAPACITY = "capacity"
    COMPARE = "compare"
    RESERVE = "reserve"
    ADJUST = "adjust"
    IMPORT = "import"
    SNOOZE = "snooze"
    WIN_BY = "win_by"
    HOURS = "hours"
    AWAY = "away"
    SETTINGS = "settings"
    SCHEDULES = "schedules"
    SCHEDULE = "schedule"
    SCOREBOARD = "scoreboard"
    STANDARD = "standard"
    SOP = "sop"
    PAGE = "page"
    FORECAST = "forecast"
    SUPPLY = "supply"
    DECIDE = "decide"
    AGREE = "agree"
    COMMENT = "comment"
    SCENARIOS = "scenarios"
    SCENARIO = "scenario"
    PLANNING = "planning"
    ACTUALS = "actuals"
    BUDGET = "budget"
    OWNERS = "owners"
    TARGETS = "targets"
    LAUNCHES = "launches"
    MARKS = "marks"
    FORECAST_FILE = "forecast_file"
    SUPPLY_FILE = "supply_file"
    ROLES = "roles"
    CHANNELS = "channels"
    NEW_CHANNEL = "new_channel"
    DATA = "data"
    ERASE = "erase"
    COMPANY = "company"
    COMPANY_LIST = "company_list"
    ENTRY = "entry"
    NEED = "need"
    FAMILY = "family"
    COMPANY_SETTINGS = "company_settings"
    COMPANY_FILE = "company_file"
    SAMPLE = "sample"
    DEALS = "deals"
    DEAL = "deal"
    UNDO = "undo"
    BULK = "bulk"
    POLICY = "policy"
    RULE = "rule"
    TRIED = "tried"
    CLAUSES = "clauses"
    CLAUSE = "clause"
    RULES_FILE = "rules_file"
    ACCESS = "access"
    NEW_ACCESS = "new_access"
    WEBHOOKS = "webhooks"
    NEW_WEBHOOK = "new_webhook"
    NOTICE = "notice"
    LOADING = "loading"
    HOME = "home"


MOST_CARRIED = 10**15


@dataclass(frozen=True)
class Target:
    """What a button or a form carries: a small type for each subject. Hints, to be checked again.

    Fields are whole numbers, texts or sequences, each with an empty default. A form knows its `revision`: fields of a
    new one take new initial values.
    """

    revision: int = 0

    @property
    def key(self) -> int | str:
        """What tells it from others of its kind in a message; nothing where there is one only."""
        return ""

    def encode(self) -> str:
        """As a button's value or a form's private metadata."""
        return json.dumps({name: value for name, value in asdict(self).items() if value}, separators=(",", ":"))

    @classmethod
    def decode(cls, text: str | None) -> Self:
        """Read what was carried; what is not of its type is left out."""
        try:
            carried = json.loads(text or "{}")
        except (ValueError, RecursionError):
            return cls()
        if not isinstance(carried, dict):
            return cls()
        return cls(**{f.name: carried[f.name] for f in fields(cls) if _is_like(carried.get(f.name), f.default)})


def _is_like(value: object, empty: object) -> bool:
    """Whether a value is of the type of a field's empty one."""
    if isinstance(empty, int):
        return type(value) is int and abs(value) < MOST_CARRIED
    return isinstance(value, str) if isinstance(empty, str) else isinstance(value, list)


def digest(shown: object) -> str:
    """What somebody saw, in a few letters: the same only if they would see the same again."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def action_id(act: Act, key: int | str = "") -> str:
    """An action id: unique in a message although several deals offer the same act."""
    return f"{act}.{key}" if key else str(act)


def act_of(action: str) -> str:
    """The act of an action id."""
    return action.split(".", 1)[0]


def key_of(action: str) -> str:
    """What tells an action from others of the same act; the act itself where it is the only one."""
    return action.rpartition(".")[2]


def block_id(field: str, revision: int = 0) -> str:
    """A field's block: a new revision makes Slack take a new initial value."""
    return f"{field}{REVISION}{revision}" if revision else field


def field_of(block: str) -> str:
    """The field of a block id."""
    return block.split(REVISION, 1)[0]


def overflow_value(act: Act, target: Target) -> str:
    """What an overflow entry carries: the act goes before the target."""
    return f"{act}|{target.encode()}"
