"""A file that somebody handed in with a form, fetched from Slack as a table."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

import httpx
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from handlers.slack.forms import Filled
from handlers.slack.ids import Callback, Target, digest
from handlers.slack.previews import (
    Answered,
    asked_sentences,
    column_blocks,
    nothing_remembered,
    preview_sentences,
    question_blocks,
    read_answered,
)
from handlers.slack.replies import Show
from handlers.slack.request import Request, provides
from handlers.slack.text import Bold, Sentence, plain
from handlers.slack.view_parts import line, modal
from models.base.attempts import Changes
from models.base.errors import Refused
from models.base.language import N_, _
from models.sheets.fields import Kind
from models.sheets.names import Known
from models.sheets.preview import TableFile
from models.workspace.table_shapes import answers_for, remember_answers
from models.workspace.workspaces import Workspace

LARGEST = 5_000_000
SECONDS = 20
MOST_HOPS = 3
SLACKS = (".slack.com", ".slack-edge.com", ".slack-files.com", ".slack-gov.com")
NOTHING_YET = N_("Nothing has been changed yet.")
PUT_RIGHT = N_("Nothing has been changed. Put it right in the file, and bring it again.")
NOTHING_FILLED_IN = Filled({}, {}, {})
TOO_LARGE = N_("The file is too large: at most {most} MB.")
NOT_HANDED_OUT = N_("Slack did not hand out the file. Nothing was changed; once more, please.")


def fetch_file(view: Mapping[str, Any], client: WebClient) -> TableFile:
    """The first file in a form, opened; a page instead of a file means that Slack wants us to log in."""
    file = _where(view)
    if file.file_size > LARGEST:
        raise Refused(_(TOO_LARGE, most=LARGEST // 1_000_000))
    try:
        data = _download(file.file_url, client)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Refused(_(NOT_HANDED_OUT)) from error
    return TableFile.open(data, file.file_name)


def _download(address: str, client: WebClient) -> bytes:
    """What lies at an address of Slack's: the token goes nowhere else, and neither size nor time is taken on trust."""
    until = time.monotonic() + SECONDS
    headers = {"Authorization": f"Bearer {client.token}"}
    url = httpx.URL(address)
    for _hop in range(MOST_HOPS):
        if not _is_slacks(url, client):
            raise Refused(_(NOT_HANDED_OUT))
        with httpx.stream("GET", url, headers=headers, timeout=SECONDS) as answer:
            if answer.is_redirect:
                url = url.join(answer.headers["location"])
                continue
            if answer.status_code != 200 or "text/html" in answer.headers.get("content-type", ""):
                raise Refused(_("Slack did not hand out the file. Does the app have the scope `files:read`?"))
            return _read(answer, until)
    raise Refused(_(NOT_HANDED_OUT))


def _read(answer: httpx.Response, until: float) -> bytes:
    read = bytearray()
    for chunk in answer.iter_bytes():
        read += chunk
        if len(read) > LARGEST:
            raise Refused(_(TOO_LARGE, most=LARGEST // 1_000_000))
        if time.monotonic() > until:
            raise Refused(_(NOT_HANDED_OUT))
    return bytes(read)


def _is_slacks(url: httpx.URL, client: WebClient) -> bool:
    """Slack's own hosts, or the one that was set as the address of the Web API."""
    configured = httpx.URL(client.base_url)
    if (url.scheme, url.host, url.port) == (configured.scheme, configured.host, configured.port):
        return True
    return url.scheme == "https" and f".{url.host}".endswith(SLACKS)


@dataclass(frozen=True)
class HandedIn(Target):
    """A file that was handed in: where it lies, so that it is fetched again, and what its person saw of it last."""

    file_url: str = ""
    file_name: str = ""
    file_size: int = 0
    seen: str = ""


@dataclass(frozen=True)
class Import:
    """A file as it is taken over: first what it would change, then, when that was seen, the change itself."""

    callback: str
    title: str
    metadata: str
    table: TableFile
    file: HandedIn
    form: Filled = NOTHING_FILLED_IN
    workspace: Workspace | None = None

    def read(self, kind: Kind, known: Known) -> Answered:
        """The table as it is read with the answers in the form, else with those for the last file of its shape."""
        return self.read_sheet(self.table, kind, known)

    def read_sheet(self, table: TableFile, kind: Kind, known: Known, sheet: str = "") -> Answered:
        """One sheet of it; `sheet` is its name where there are several."""
        remembered = partial(answers_for, self.workspace) if self.workspace else nothing_remembered
        return read_answered(table, kind, known, self.form, remembered, sheet=sheet)

    def remember(self, *parts: Answered, now: datetime) -> None:
        """The next file of this shape is read in the same way."""
        for part in parts:
            if self.workspace and part.answers:
                remember_answers(self.workspace, part.preview.kind.value, part.titles, part.answers, now=now)

    def ask(self, read: Answered, more: Sequence[Sentence] = (), beside: Sequence[Block] = ()) -> Show:
        """How it was read, and what is asked before more can be said; where only the file can say it, a way on."""
        told = [*preview_sentences(read.preview), *more]
        if read.is_stuck:
            sentences = [*told, *asked_sentences(read.preview), (_(PUT_RIGHT),)]
            return self._shown([line(*sentences), *beside], "", self.file)
        blocks = [line(*told, (_(NOTHING_YET),)), *question_blocks(read), *column_blocks(read)]
        return self._shown(blocks, _("Go on"), self.file)

    def unless_seen(self, sentences: Sequence[Sentence], read: Answered, *, is_idle: bool = False) -> Show | None:
        """What taking it over would do, and the button that does it; None when that is what its person saw.

        Where it would do nothing, there is nothing to take over: what was chosen can be chosen otherwise.
        """
        told = [*preview_sentences(read.preview), *sentences]
        does = digest((self.table.name, read.preview.rows, [plain(sentence) for sentence in told]))
        # Whoever has just chosen a sheet wants to see it first.
        shown = does + digest(read.opened) if read.opened else does
        selects = [*question_blocks(read), *column_blocks(read)]
        if is_idle:
            return self.show([line(*told), *selects], _("Read it again") if selects else "")
        if self.file.seen == shown and not read.preview.questions:
            return None
        is_other = not does.startswith(self.file.seen[: len(does)])
        again: list[Sentence] = [(Bold(_("It would now do something else than what you saw:")),)] if is_other else []
        blocks = [line(*again, *told, (_(NOTHING_YET),)), *selects]
        return self._shown(blocks, _("Take it over"), replace(self.file, seen=shown))

    def show(self, blocks: Sequence[Block], submit: str) -> Show:
        """The form again, with the file that was handed in."""
        return self._shown(blocks, submit, self.file)

    def _shown(self, blocks: Sequence[Block], submit: str, file: HandedIn) -> Show:
        view = modal(Callback(self.callback), self.title, blocks, submit=submit or None)
        view.private_metadata = json.dumps(_carried(self.metadata) | asdict(file))
        return Show(view)


@provides
def handed(request: Request) -> Import:
    """The file of a form."""
    view = request.body["view"]
    title = str((view.get("title") or {}).get("text") or _("Import"))
    metadata = view.get("private_metadata") or ""
    return Import(request.callback, title, metadata, request.file, _where(view), request.form, request.workspace)


def changes_sentence(what: str, count: int, changes: Changes) -> Sentence:
    """How many rows a file has, and what they would change."""
    counts = [
        _("{new} new", new=changes.new) if changes.new else "",
        _("{changed} changed", changed=changes.changed) if changes.changed else "",
    ]
    said = _(" and ").join(part for part in counts if part) or _("nothing would change")
    return (Bold(f"{what[0].upper()}{what[1:]}" if count else _("Nothing")), _(" read: {said}.", said=said))


def _where(view: Mapping[str, Any]) -> HandedIn:
    """A file that was chosen now, or one that was handed in before its person looked at what it would change."""
    for elements in ((view.get("state") or {}).get("values") or {}).values():
        for element in elements.values():
            for file in element.get("files") or ():
                name, size = str(file.get("name") or ""), file.get("size") or 0
                return HandedIn(file_url=file["url_private_download"], file_name=name, file_size=size)
    known = HandedIn.decode(view.get("private_metadata"))
    if not known.file_url:
        raise Refused(_("Choose a file."))
    return known


def _carried(metadata: str) -> dict[str, Any]:
    known = json.loads(metadata or "{}")
    return known if isinstance(known, dict) else {}
