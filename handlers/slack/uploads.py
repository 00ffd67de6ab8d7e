"""A file that somebody handed in with a form, fetched from Slack as text."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import httpx
from slack_sdk import WebClient

from handlers.slack.ids import Callback, Target, digest
from handlers.slack.replies import Show
from handlers.slack.request import Request, provides
from handlers.slack.text import Bold, Sentence, plain
from handlers.slack.view_parts import line, modal
from models.base.attempts import Changes
from models.base.errors import Refused

LARGEST = 5_000_000
SECONDS = 20
NOTHING_YET = "Nothing has been changed yet."


def fetch_file(view: Mapping[str, Any], client: WebClient) -> str:
    """The text of the first file in a form; a page instead of a file means that Slack wants us to log in."""
    file = _where(view)
    if file.file_size > LARGEST:
        raise Refused(f"The file is too large: at most {LARGEST // 1_000_000} MB.")
    headers = {"Authorization": f"Bearer {client.token}"}
    try:
        answer = httpx.get(file.file_url, headers=headers, timeout=SECONDS, follow_redirects=True)
    except httpx.HTTPError as error:
        raise Refused("Slack did not hand out the file. Nothing was changed; once more, please.") from error
    if answer.status_code != 200 or "text/html" in answer.headers.get("content-type", ""):
        raise Refused("Slack did not hand out the file. Does the app have the scope `files:read`?")
    try:
        return answer.content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused("The file should be UTF-8 text; a spreadsheet calls it “CSV UTF-8”.") from None


@dataclass(frozen=True)
class HandedIn(Target):
    """A file that was handed in: where it lies, so that it is fetched again, and what its person saw of it last."""

    file_url: str = ""
    file_size: int = 0
    seen: str = ""


@dataclass(frozen=True)
class Import:
    """A file as it is taken over: first what it would change, then, when that was seen, the change itself."""

    callback: str
    title: str
    metadata: str
    text: str
    file: HandedIn

    def unless_seen(self, sentences: Sequence[Sentence]) -> Show | None:
        """What taking it over would do, and the button that does it; None when that is what its person saw."""
        shown = digest((self.text, [plain(sentence) for sentence in sentences]))
        if self.file.seen == shown:
            return None
        again: list[Sentence] = [(Bold("It would now do something else than what you saw:"),)] if self.file.seen else []
        blocks = [line(*again, *sentences, (NOTHING_YET,))]
        view = modal(Callback(self.callback), self.title, blocks, submit="Take it over")
        view.private_metadata = json.dumps(_carried(self.metadata) | asdict(replace(self.file, seen=shown)))
        return Show(view)


@provides
def handed(request: Request) -> Import:
    """The file of a form."""
    view = request.body["view"]
    title = str((view.get("title") or {}).get("text") or "Import")
    return Import(request.callback, title, view.get("private_metadata") or "", request.file, _where(view))


def changes_sentence(what: str, count: int, changes: Changes) -> Sentence:
    """How many rows a file has, and what they would change."""
    counts = [f"{changes.new} new" if changes.new else "", f"{changes.changed} changed" if changes.changed else ""]
    said = " and ".join(part for part in counts if part) or "nothing would change"
    return (Bold(f"{what[0].upper()}{what[1:]}" if count else "Nothing"), f" read: {said}.")


def _where(view: Mapping[str, Any]) -> HandedIn:
    """A file that was chosen now, or one that was handed in before its person looked at what it would change."""
    for elements in view["state"]["values"].values():
        for element in elements.values():
            for file in element.get("files") or ():
                return HandedIn(file_url=str(file["url_private_download"]), file_size=int(file.get("size") or 0))
    known = HandedIn.decode(view.get("private_metadata"))
    if not known.file_url:
        raise Refused("Choose a file.")
    return known


def _carried(metadata: str) -> dict[str, Any]:
    known = json.loads(metadata or "{}")
    return known if isinstance(known, dict) else {}
