"""Files that a person chooses in a form: theirs, in the workspace, and shared with nobody but the form's app."""

from base64 import b64decode
from typing import Any

from sandbox.acting import Actor, Reply
from sandbox.filing import files_refusal
from sandbox.lookup import Target, find_field, surfaces
from sandbox.rows import File, mint
from sandbox.shapes import file_shape
from sandbox.wire import Impossible, Json


class Attaching(Actor):
    """What a person does with the field of a form that takes files."""

    def attach(self, what: str, files: list[Json], where: Any = None, *, action_id: str = "") -> Reply:
        """Choose files, each a `name` and its `content` in base64, besides those that are chosen; or none, if one of
        them does not fit."""
        target = self._file_field(what, where, action_id)
        chosen = [self._file(target, **one) for one in files]
        held = [*target.entry["files"], *(file_shape(self.ws, file) for file in chosen)]
        if refusal := files_refusal(target.element, held):
            return _refused(target, refusal)
        self.ws.files.update({file.id: file for file in chosen})
        return _held(target, held)

    def detach(self, what: str, name: str, where: Any = None, *, action_id: str = "") -> Reply:
        """Take back a file that was chosen, by its name or id."""
        target = self._file_field(what, where, action_id)
        held: list[Json] = target.entry["files"]
        gone = next((file for file in held if name in {file["name"], file["id"]}), None)
        if gone is None:
            raise Impossible(f"no file {name} is chosen; there are: {', '.join(f['name'] for f in held) or 'none'}")
        return _held(target, [file for file in held if file is not gone])

    def _file_field(self, what: str, where: Any, action_id: str) -> Target:
        target = find_field(surfaces(self.ws, self.person, where), what, action_id)
        if target.element["type"] != "file_input":
            raise Impossible(f"{what} takes no files")
        return target

    def _file(self, target: Target, name: str, content: str) -> File:
        read = b64decode(content)
        created = int(self.ws.now().timestamp())
        file = File(mint("F"), name, self.person.id, len(read), created, content=read, complete=True)
        file.apps.append(target.surface.app_id)
        return file


def _held(target: Target, files: list[Json]) -> Reply:
    target.enter({"type": "file_input", "files": files})
    _errors(target).pop(target.block["block_id"], None)
    return Reply(raw={"sent": False})


def _refused(target: Target, why: str) -> Reply:
    _errors(target)[target.block["block_id"]] = why
    return Reply(errors={target.block["block_id"]: why}, raw={"sent": False})


def _errors(target: Target) -> dict[str, str]:
    assert target.surface.view is not None  # noqa: S101 - for mypy: only modals take files
    return target.surface.view.errors
