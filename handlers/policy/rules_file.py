"""The rules as a table: sent, and brought back; tried against the last 90 days before they are saved."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from handlers.policy.policy import shown_policy, trial_sentences
from handlers.slack.ids import Act, Callback
from handlers.slack.listening import fetches, listens
from handlers.slack.previews import Answered
from handlers.slack.replies import Reply, Show
from handlers.slack.sheets import Cell, workbook_of
from handlers.slack.text import Bold, clip, escape
from handlers.slack.uploads import Import
from handlers.slack.view_parts import NO_TARGET, actions, button, file_blocks, line, modal, notice
from handlers.slack.web_calls import Call, message
from models.base.language import N_, _
from models.company.approvers import by_name, of_people_here
from models.company.policies import policy_of, set_policy
from models.deals.policy_trial import check_policy
from models.files.rules_table import read_rules, rule_key, rule_rows, rule_titles
from models.sheets.fields import Kind
from models.sheets.preview import Preview
from models.workspace.members import Member, check_admin
from models.workspace.outbox import News, Outbox, queue
from models.workspace.workspaces import Workspace

SENT = N_("Who must agree, as a table in this thread. Change it, and bring it back by /belay policy.")
NOTHING = Answered(Preview(Kind.OFFERS, (), {}), (), {})


@listens(Act.BRING_RULES, is_writing=False)
def open_rules_form(by: Member, admins: frozenset[str]) -> Reply:
    """A file to hand in, and the way to the present one."""
    check_admin(by, admins)
    sentence = (Bold(_("A workbook or a CSV")), _(" with a row for each rule. It takes the place of all rules."))
    send = button(Act.SEND_RULES, _("Send me the rules as a table"), NO_TARGET)
    blocks = [*file_blocks([sentence]), *actions([send])]
    return Show(modal(Callback.RULES_FILE, _("Rules as a table"), blocks, submit=_("Try it")))


@fetches(Callback.RULES_FILE)
def take_rules(workspace: Workspace, by: Member, now: datetime, handed: Import, admins: frozenset[str]) -> Reply:
    """All of them or none, once it was seen what they would have done."""
    check_admin(by, admins)
    workspace.lock()
    before, name = policy_of(workspace).rules, clip(handed.table.name, 60)
    read = read_rules(handed.table.grids[0], name, workspace.places)
    rules = tuple(of_people_here(workspace, rule) for rule in read)
    check_policy(workspace, rules)
    sentences = trial_sentences(workspace, by, now, before, rules)
    unseen = handed.unless_seen(sentences, NOTHING, is_idle=rules == before)
    if unseen is not None:
        return unseen
    set_policy(workspace, rules, by=by, now=now)
    return Show(shown_policy(workspace, by, is_changing=True))


@listens(Act.SEND_RULES, makes_a_file=True)
def send_rules(workspace: Workspace, by: Member, now: datetime, admins: frozenset[str]) -> Reply:
    """The rules that are in force, in the person's messages."""
    check_admin(by, admins)
    queue(workspace, News.RULES, stream=by.user_id, member_id=by.id, now=now)
    return Show(notice((_("The table is on its way to your messages with Belay."),)))


def render_rules(_session: Session, row: Outbox, _now: datetime) -> Call:
    """The message in whose thread the table follows."""
    return message(row, row.stream, escape(_(SENT)), [line((_(SENT),)).to_dict()])


def rules_file(_session: Session, row: Outbox) -> tuple[str, bytes]:
    """The table, with people and groups by name."""
    workspace = row.workspace
    rules = by_name(workspace, policy_of(workspace).rules)
    rows: list[Sequence[Cell]] = [rule_titles(), *rule_rows(rules, workspace.places)]
    return f"rules-{workspace.today(row.queued_at).isoformat()}.xlsx", workbook_of({"Rules": rows, "Key": rule_key()})
