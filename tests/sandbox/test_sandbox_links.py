"""Links to messages, and where they lead from outside."""

import httpx

from tests.sandbox.stand import Stand


def opened(address: str) -> httpx.Response:
    return httpx.get(address, follow_redirects=False)


def test_a_permalink_of_a_reply_names_its_thread(stand: Stand) -> None:
    card = stand.post(text="Deal 42")
    reply = stand.post(text="Round one", thread_ts=card)
    link = stand.client.chat_getPermalink(channel=stand.channel, message_ts=reply)["permalink"]
    point = reply.replace(".", "")
    assert link == f"{stand.sb.url}/archives/{stand.channel}/p{point}?thread_ts={card}&cid={stand.channel}"


def test_auth_test_says_where_messages_are(stand: Stand) -> None:
    ts = stand.post(text="Deal 42")
    built = f"{stand.client.auth_test()['url']}archives/{stand.channel}/p{ts.replace('.', '')}"
    assert built == stand.client.chat_getPermalink(channel=stand.channel, message_ts=ts)["permalink"]
    answer = opened(built)
    assert (answer.status_code, answer.headers["location"]) == (
        307,
        f"/as/{stand.sara.id}/archives/{stand.channel}/p{ts.replace('.', '')}",
    )
    assert httpx.get(built, follow_redirects=True).status_code == 200


def test_of_several_who_see_a_message_one_says_who_they_are(stand: Stand) -> None:
    olga = stand.sb.add_person("Olga")
    stand.sb.add_person("Zoe <b>")
    secret = stand.sb.add_channel("secret", [stand.sara.id, olga, stand.app.bot_user_id], private=True)
    ts = stand.client.chat_postMessage(channel=secret, text="Between us")["ts"]
    page = opened(f"{stand.sb.url}/archives/{secret}/p{ts.replace('.', '')}?thread_ts={ts}&cid={secret}")
    assert page.status_code == 200
    where = f"archives/{secret}/p{ts.replace('.', '')}?thread_ts={ts}&amp;cid={secret}"
    assert [f'href="/as/{who}/{where}"' in page.text for who in (stand.sara.id, olga)] == [True, True]
    assert "Zoe" not in page.text


def test_a_link_to_what_nobody_sees_leads_nowhere(stand: Stand) -> None:
    ts = stand.post()
    secret = stand.sb.add_channel("secret", [stand.app.bot_user_id], private=True)
    hidden = stand.client.chat_postMessage(channel=secret, text="x")["ts"]
    for where in (f"{stand.channel}/p1", "C404/p1795449600000100", f"{secret}/p{hidden.replace('.', '')}", "x/y/z"):
        assert opened(f"{stand.sb.url}/archives/{where}").status_code == 404
    stand.client.chat_delete(channel=stand.channel, ts=ts)
    assert opened(f"{stand.sb.url}/archives/{stand.channel}/p{ts.replace('.', '')}").status_code == 404
    assert opened(f"{stand.sb.url}/archives/{stand.channel}").status_code == 307
