"""Policies in versions, from a form, a file, and back."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from models.base.errors import Refused
from models.company.policies import PolicyVersion, policy_of, set_policy
from models.files.company import company_in
from models.policy.rules import Kind, Rule, Who
from models.policy.standard import FINANCE, LEADERSHIP, OPERATIONS, former_rules, standard_rules
from models.setup.exporting import company_document
from models.setup.importing import change_company, import_company
from models.workspace.history import History
from models.workspace.workspaces import Workspace
from tests.world import NOW, World, user_id


def test_workspace_without_a_policy_has_the_standard_one(world: World) -> None:
    other = Workspace(name="New", currency="JPY", places=0)
    world.session.add(other)
    world.session.flush()
    assert (policy_of(other).version, policy_of(other).rules) == (0, standard_rules(0))
    assert policy_of(world.workspace).rules == former_rules()


def test_versions_are_kept_and_the_same_rules_make_none(world: World) -> None:
    lea, rules = world.person("Lea"), [Rule(OPERATIONS), Rule(LEADERSHIP, (("size", 100),), order=2)]
    assert [set_policy(world.workspace, rules, by=lea, now=NOW).version for _ in range(2)] == [2, 2]
    assert policy_of(world.workspace, version=1).rules == former_rules()
    assert policy_of(world.workspace, version=0).rules == standard_rules(2)
    rows = world.session.scalars(select(PolicyVersion.version).order_by(PolicyVersion.version)).all()
    act = world.session.scalars(select(History).where(History.move == "set_policy").order_by(History.id.desc())).first()
    assert (rows, act and (act.by_id, act.details["version"])) == ([1, 2], (lea.id, 2))


def test_what_is_no_rule_changes_nothing(world: World) -> None:
    with pytest.raises(Refused):
        set_policy(world.workspace, [Rule(Who(Kind.PEOPLE))], by=world.person("Lea"), now=NOW)
    assert policy_of(world.workspace).version == 1


def test_rules_go_out_with_names_and_come_back_with_ids(world: World) -> None:
    who = Who(Kind.PEOPLE, (user_id("Fin"), user_id("Lea")))
    rules = [Rule(OPERATIONS), Rule(who, (("seller", (user_id("Sara"),)),), order=2)]
    set_policy(world.workspace, rules, by=world.person("Lea"), now=NOW)
    document = company_document(world.workspace)
    assert document["rules"][1] == {"people": ["Fin", "Lea"], "seller": ["Sara"], "order": 2}
    set_policy(world.workspace, [Rule(OPERATIONS)], by=world.person("Lea"), now=NOW)
    import_company(world.workspace, company_in(document, "c.toml"), by=None, now=NOW)
    assert policy_of(world.workspace).rules == tuple(rules)
    assert policy_of(world.workspace).version == 4


def test_file_without_rules_leaves_the_policy_as_it_is(world: World) -> None:
    document = company_document(world.workspace)
    given = replace(company_in(document, "c.toml"), rules=None)
    import_company(world.workspace, given, by=None, now=NOW)
    assert policy_of(world.workspace).version == 1


def test_rules_in_a_file_that_somebody_brings_in_slack_are_refused(world: World) -> None:
    before = company_document(world.workspace)
    after = before | {"rules": [{"role": "operations"}, {"lead": True}]}
    change_company(world.workspace, before, before, by=world.person("Lea"), now=NOW)
    with pytest.raises(Refused, match="Who must agree is changed with `/belay policy`"):
        change_company(world.workspace, before, after, by=world.person("Lea"), now=NOW)
    assert policy_of(world.workspace).rules == former_rules()


def test_rules_with_a_hole_are_refused_from_a_file_too(world: World) -> None:
    document = company_document(world.workspace) | {"rules": [{"role": "finance", "margin_short": 0}]}
    with pytest.raises(Refused, match="Nobody would be asked about a deal with a discount beyond policy"):
        import_company(world.workspace, company_in(document, "c.toml"), by=None, now=NOW)


def test_name_that_nobody_has_is_refused(world: World) -> None:
    document = company_document(world.workspace) | {"rules": [{"people": ["Nobody"]}]}
    with pytest.raises(Refused, match="A rule: nobody here is called “Nobody”"):
        import_company(world.workspace, company_in(document, "c.toml"), by=None, now=NOW)
    assert FINANCE.names == ("finance",)
