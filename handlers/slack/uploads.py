"""A file that somebody handed in with a form, fetched from Slack as text."""

from collections.abc import Mapping
from typing import Any

import httpx
from slack_sdk import WebClient

from models.base.errors import Refused

LARGEST = 5_000_000
SECONDS = 20


def fetch_file(view: Mapping[str, Any], client: WebClient) -> str:
    """The text of the first file in a form; a page instead of a file means that Slack wants us to log in."""
    file = _handed_in(view)
    if int(file.get("size") or 0) > LARGEST:
        raise Refused(f"The file is too large: at most {LARGEST // 1_000_000} MB.")
    headers = {"Authorization": f"Bearer {client.token}"}
    try:
        answer = httpx.get(file["url_private_download"], headers=headers, timeout=SECONDS, follow_redirects=True)
    except httpx.HTTPError as error:
        raise Refused("Slack did not hand out the file. Nothing was changed; once more, please.") from error
    if answer.status_code != 200 or "text/html" in answer.headers.get("content-type", ""):
        raise Refused("Slack did not hand out the file. Does the app have the scope `files:read`?")
    try:
        return answer.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file should be UTF-8 text; a spreadsheet calls it “CSV UTF-8”.") from None


def _handed_in(view: Mapping[str, Any]) -> Mapping[str, Any]:
    for elements in view["state"]["values"].values():
        for element in elements.values():
            for file in element.get("files") or ():
                return dict(file)
    raise Refused("Choose a file.")
