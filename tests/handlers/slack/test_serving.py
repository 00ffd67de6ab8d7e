"""Every request is answered, also one that nobody listens for any more."""

from tests.handlers.slack.conftest import form_of, message_of, post_to, signed, until_told
from tests.stage import OPS, Stage

EARLIER_VERSION = "This is from an earlier version of Belay. Open it again, please."


def test_button_of_an_earlier_version_is_answered_in_a_message(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    old = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": "approve_v0", "value": "1"}
    blocks = [{"type": "actions", "elements": [old]}]
    posted = quiet.bot.client.chat_postMessage(channel=quiet.card().channel, text="old", blocks=blocks)
    assert olga.press("approve_v0", in_=message_of(olga, posted["ts"])).ok
    until_told(quiet, olga, EARLIER_VERSION)
    quiet.bot.client.chat_delete(channel=posted["channel"], ts=posted["ts"])


def test_entry_of_a_menu_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    option = {"text": {"type": "plain_text", "text": "Old entry"}, "value": 'archive|{"deal":1,"color":"red"}'}
    blocks = [{"type": "actions", "elements": [{"type": "overflow", "action_id": "more.1", "options": [option]}]}]
    posted = quiet.bot.client.chat_postMessage(channel=quiet.card().channel, text="old", blocks=blocks)
    assert olga.press("Old entry", in_=message_of(olga, posted["ts"])).ok
    until_told(quiet, olga, EARLIER_VERSION)
    quiet.bot.client.chat_delete(channel=posted["channel"], ts=posted["ts"])


def test_button_of_an_earlier_version_is_answered_in_the_home(quiet: Stage) -> None:
    pete = quiet.person("Pete")
    old = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": "approve_v0", "value": "1"}
    home = {"type": "home", "blocks": [{"type": "actions", "elements": [old]}]}
    quiet.bot.client.views_publish(user_id=pete.id, view=home)
    assert pete.press("approve_v0", in_="home").ok
    until_told(quiet, pete, EARLIER_VERSION)


def test_form_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    olga = quiet.person("Olga")
    olga.press("Ask…", in_=quiet.card())
    quiet.sb.settle()
    opened = olga.modal()
    assert opened is not None
    view = {key: opened.raw[key] for key in ("type", "title", "submit", "close", "private_metadata")}
    old = {"type": "section", "text": {"type": "plain_text", "text": "Old"}}
    quiet.bot.client.views_update(view_id=opened.id, view={**view, "callback_id": "ask_v0", "blocks": [old]})
    assert olga.submit().ok
    until_told(quiet, olga, EARLIER_VERSION)


def test_shortcut_of_an_earlier_version_is_answered(quiet: Stage) -> None:
    sara = quiet.person("Sara")
    # The window does not open, so that its trigger is still good.
    quiet.sb.fault("error", method="views.open", error="fatal_error", times=1)
    sara.shortcut("propose_deal")
    sent = [request["payload"] for request in quiet.sb.requests()]
    # Whatever else Slack has said meanwhile.
    payload = next(one for one in reversed(sent) if one.get("type") == "shortcut") | {"callback_id": "propose_v0"}
    content = form_of(payload)
    assert post_to(quiet.bot, content, signed(quiet, content)).status_code == 200
    until_told(quiet, sara, EARLIER_VERSION)


def test_word_after_a_command_that_is_unknown_is_answered(quiet: Stage) -> None:
    said = quiet.person("Lea").command(OPS, "/belay dance").text
    assert said == "/belay dance is nothing that I know. /belay help says what is."
