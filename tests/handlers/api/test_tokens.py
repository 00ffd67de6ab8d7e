"""`/belay api`: an admin makes a token, copies it once, and revokes it; others do not."""

import httpx

from tests.stage import OPS, Stage, shown


def made(stage: Stage) -> str:
    """Lea makes a token for Sara: what the window shows then."""
    lea = stage.person("Lea")
    lea.command(OPS, "/belay api")
    stage.sb.settle()
    lea.press("Make a token…")
    stage.sb.settle()
    lea.fill_by_label("What is it for?", "Salesforce")
    lea.fill_by_label("As whom?", stage.people["Sara"])
    lea.fill_by_label("What may it be used for?", ["Read and check deals", "Propose deals"])
    assert lea.submit().ok
    stage.sb.settle()
    return shown(lea).as_text()


def answered(stage: Stage, secret: str) -> httpx.Response:
    return httpx.get(f"{stage.address}/api/v1/me", headers={"Authorization": f"Bearer {secret}"})


def test_admin_makes_a_token_sees_it_once_and_revokes_it(stage: Stage) -> None:
    text = made(stage)
    assert "Salesforce, for Sara. Copy it now: nobody sees it again." in text
    secret = next(word for word in text.split() if word.startswith("belay_"))
    answer = answered(stage, secret).json()
    assert (answer["person"], answer["token"]) == ("Sara", "Salesforce")
    assert answer["scopes"] == ["deals:read", "deals:propose"]
    told = "Lea has made a token by which another tool acts as you: Salesforce."
    assert told in stage.person("Sara").dm()[-1].as_text()
    lea = stage.person("Lea")
    lea.close()
    lea.command(OPS, "/belay api")
    stage.sb.settle()
    listed = shown(lea).as_text()
    assert f"Salesforce, for Sara · {secret[:12]}…" in listed
    assert "Read and check deals; Propose deals" in listed
    assert secret not in listed
    lea.press("Revoke")
    stage.sb.settle()
    assert "There is none yet." in shown(lea).as_text()
    assert answered(stage, secret).status_code == 401
    assert stage.sb.violations() == []


def test_same_name_or_nothing_chosen_stands_under_its_field(stage: Stage) -> None:
    made(stage)
    lea = stage.person("Lea")
    lea.close()
    lea.command(OPS, "/belay api")
    stage.sb.settle()
    lea.press("Make a token…")
    stage.sb.settle()
    lea.fill_by_label("What is it for?", "salesforce")
    lea.fill_by_label("As whom?", stage.people["Gus"])
    lea.fill_by_label("What may it be used for?", ["Propose deals"])
    assert "There is a token of that name already." in str(lea.submit())
    lea.fill_by_label("What is it for?", "ERP")
    assert "Gus has no role" in str(lea.submit())


def test_tokens_are_an_admins(stage: Stage) -> None:
    sara = stage.person("Sara")
    sara.command(OPS, "/belay api")
    stage.sb.settle()
    assert "Only workspace admins" in shown(sara).as_text()
