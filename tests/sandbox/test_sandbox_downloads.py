"""The bytes of files: who fetches them, and who is sent to sign in."""

from typing import Any

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.stand import MANIFEST, Stand, without
from tests.sandbox.test_sandbox_files import PRICES, form


def chosen(stand: Stand) -> dict[str, Any]:
    """The file as the app hears of it when Sara sends the form."""
    seen = stand.submits()
    stand.open(form())
    assert stand.sara.attach("Price list", PRICES).ok
    assert stand.sara.submit().ok
    return dict(seen[0]["view"]["state"]["values"]["list"]["v"]["files"][0])


def fetch(url: str, token: str | None) -> httpx.Response:
    return httpx.get(url, headers={"authorization": f"Bearer {token}"} if token else {})


def test_an_app_fetches_what_its_form_was_given(stand: Stand) -> None:
    file = chosen(stand)
    for address in ("url_private", "url_private_download"):
        answer = fetch(file[address], stand.app.bot_token)
        assert (answer.status_code, answer.content) == (200, PRICES[1])
        assert answer.headers["content-type"] == "text/csv"
    assert answer.headers["content-disposition"] == 'attachment; filename="prices_2027.csv"'
    assert stand.client.files_info(file=file["id"])["file"] == file
    assert [call["answer"] for call in stand.sb.calls("download")] == [{"ok": True, "bytes": 12}] * 2
    assert stand.sb.violations() == []


@pytest.mark.parametrize("whose", ["nobody", "wrong", "app token", "uninstalled", "another app"])
def test_whoever_may_not_read_a_file_is_sent_to_sign_in(stand: Stand, whose: str) -> None:
    file = chosen(stand)
    tokens = {"wrong": "xoxb-1", "app token": stand.app.app_token, "uninstalled": stand.app.bot_token}
    if whose == "uninstalled":
        stand.sb.uninstall(stand.app.app_id)
    token = stand.sb.install(MANIFEST).bot_token if whose == "another app" else tokens.get(whose)
    answer = fetch(file["url_private"], token)
    path = f"%2Ffiles-pri%2F{stand.app.team_id}-{file['id']}%2Fprices_2027.csv"
    assert (answer.status_code, answer.headers["location"]) == (302, f"{stand.sb.url}/?redir={path}")
    page = httpx.get(answer.headers["location"])
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert "<h1>Sign in to Sandbox</h1>" in page.text


def test_a_download_needs_the_scope(stand: Stand) -> None:
    app = stand.sb.install(without("files:read"))
    client = WebClient(token=app.bot_token, base_url=stand.api_url, retry_handlers=[])
    own = client.files_getUploadURLExternal(filename="a.csv", length=1)
    httpx.post(own["upload_url"], content=b"a")
    file = client.files_completeUploadExternal(files=[{"id": own["file_id"]}])["files"][0]
    assert fetch(file["url_private"], app.bot_token).status_code == 302
    assert [(v["rule"], v["where"], v["messages"]) for v in stand.sb.violations()] == [
        ("missing_scope", "download", ["url_private needs the scope files:read"])
    ]
    assert stand.sb.calls("download")[-1]["answer"] == {"ok": False, "error": "missing_scope"}


def test_a_file_is_read_where_it_is_shared(stand: Stand) -> None:
    reader = stand.sb.install(MANIFEST)
    client = WebClient(token=reader.bot_token, base_url=stand.api_url, retry_handlers=[])
    done = stand.client.files_upload_v2(channel=stand.channel, content=b"\x89PNG", filename="Chart é.png")
    file = done["file"]
    assert (file["url_private"].rpartition("/")[2], file["channels"], file["groups"]) == (
        "chart_.png",
        [stand.channel],
        [],
    )
    assert fetch(file["url_private"], stand.app.bot_token).content == b"\x89PNG"
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_info(file=file["id"])
    assert fetch(file["url_private"], reader.bot_token).status_code == 302
    stand.sb.invite(stand.channel, reader.bot_user_id)
    assert client.files_info(file=file["id"])["file"]["name"] == "Chart é.png"
    assert fetch(file["url_private"], reader.bot_token).content == b"\x89PNG"


def test_a_file_in_a_private_channel_is_not_public(stand: Stand) -> None:
    secret = stand.sb.add_channel("secret", [stand.app.bot_user_id], private=True)
    file = stand.client.files_upload_v2(channel=secret, content=b"a", filename="a.csv")["file"]
    assert (file["is_public"], file["channels"], file["groups"], file["ims"]) == (False, [], [secret], [])


def test_an_image_is_named_by_an_address_of_its_file(stand: Stand) -> None:
    file = stand.client.files_upload_v2(channel=stand.channel, content=b"\x89PNG", filename="chart.png")["file"]
    for address in ("url_private", "permalink"):
        stand.post({"type": "image", "alt_text": "load", "slack_file": {"url": file[address]}})
    image = {"type": "image", "alt_text": "load", "slack_file": {"url": f"{stand.sb.url}/files-pri/T1-F1/a.png"}}
    assert stand.error("chat.postMessage", channel=stand.channel, blocks=[image]) == "invalid_blocks"


def test_a_permalink_of_a_file_is_a_page_and_not_the_file(stand: Stand) -> None:
    file = chosen(stand)
    page = fetch(file["permalink"], stand.app.bot_token)
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert fetch(f"{stand.sb.url}/files/U1/F404/a.csv", None).status_code == 404


def test_a_download_can_be_made_to_fail(stand: Stand) -> None:
    file = chosen(stand)
    stand.sb.fault("http", method="download", status=503)
    answers = [fetch(file["url_private"], stand.app.bot_token) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [503, 200]


def test_only_its_uploader_finishes_an_upload(stand: Stand) -> None:
    promise = stand.client.files_getUploadURLExternal(filename="a.csv", length=1)
    httpx.post(promise["upload_url"], content=b"a")
    other = WebClient(token=stand.sb.install(MANIFEST).bot_token, base_url=stand.api_url, retry_handlers=[])
    with pytest.raises(SlackApiError, match="access_denied"):
        other.files_completeUploadExternal(files=[{"id": promise["file_id"]}])
    assert stand.error("files.getUploadURLExternal", filename="a.csv", length=0) == "missing_argument"
