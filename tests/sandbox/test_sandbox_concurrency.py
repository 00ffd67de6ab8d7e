"""Many people at once, and an app that calls back while it is being called."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from slack_sdk import WebClient

from tests.sandbox.stand import Stand, actions, button, field, modal, section, typed


def test_many_people_press_at_once(either: Stand) -> None:
    seen = either.hears("go")
    people = [either.sb.person(either.sb.add_person(f"Person {number}")) for number in range(16)]
    either.post(actions(button("Go", "go")))
    card = either.last()
    with ThreadPoolExecutor(16) as pool:
        replies = list(pool.map(lambda person: person.press("Go", in_=card), people))
    assert [reply.status for reply in replies] == [200] * 16
    assert sorted(body["user"]["id"] for body in seen) == sorted(person.id for person in people)


def test_an_app_may_call_the_web_api_before_it_acks(either: Stand) -> None:
    @either.bolt.action("go")
    def go(ack: Any, client: WebClient, body: dict[str, Any]) -> None:
        for number in range(3):
            client.chat_postMessage(channel=either.channel, text=str(number), thread_ts=body["message"]["ts"])
        client.chat_update(channel=either.channel, ts=body["message"]["ts"], text="done")
        ack()

    ts = either.post(actions(button("Go", "go")))
    assert either.sara.press("Go", in_=either.last()).ok
    assert [message.text for message in either.sb.thread(either.channel, ts)] == ["done", "0", "1", "2"]


def test_everybody_has_a_modal_stack_of_their_own(stand: Stand) -> None:
    stand.opens(modal(field("Name", typed(), "name")))
    people = [stand.sb.person(stand.sb.add_person(f"Person {number}")) for number in range(8)]
    for person in people:
        stand.sb.do("invite", channel=stand.channel, user=person.id)

    def fill(person: Any) -> str:
        person.command(stand.channel, "/order")
        person.fill("name", person.name)
        return str(person.modal().state["name"]["v"]["value"])

    stand.bolt.event("member_joined_channel")(lambda: None)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(fill, people)) == [person.name for person in people]


def test_timestamps_are_unique_under_load(stand: Stand) -> None:
    with ThreadPoolExecutor(8) as pool:
        stamps = list(pool.map(lambda number: stand.post(section(str(number))), range(40)))
    assert len(set(stamps)) == 40
    assert sorted(stamps) == [message.ts for message in stand.sb.channel(stand.channel)]
