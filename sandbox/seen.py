"""What the Python client hands out: replies, messages and views as somebody sees them."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.render import buttons_in, render_blocks
from sandbox.wire import Json


@dataclass(frozen=True)
class App:
    """An installed app and its secrets."""

    app_id: str
    bot_id: str
    bot_user_id: str
    team_id: str
    bot_token: str
    app_token: str
    signing_secret: str


@dataclass(frozen=True)
class Reply:
    """What came of an act."""

    status: int = 0
    timeout: bool = False
    text: str | None = None
    blocks: list[Json] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    error: str | None = None
    confirm: Json | None = None
    raw: Any = None

    @property
    def ok(self) -> bool:
        return self.error is None and not self.errors


@dataclass(frozen=True)
class Message:
    """A message as somebody sees it."""

    raw: Json

    @property
    def ts(self) -> str:
        return str(self.raw["ts"])

    @property
    def channel(self) -> str:
        return str(self.raw["channel"])

    @property
    def user(self) -> str:
        return str(self.raw["user"])

    @property
    def text(self) -> str:
        return str(self.raw["text"])

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw.get("blocks") or [])

    @property
    def thread_ts(self) -> str | None:
        return self.raw.get("thread_ts")

    @property
    def edited(self) -> Json | None:
        return self.raw.get("edited")

    @property
    def ephemeral(self) -> bool:
        return bool(self.raw.get("is_ephemeral"))

    @property
    def metadata(self) -> Json | None:
        return self.raw.get("metadata")

    @property
    def files(self) -> list[Json]:
        return list(self.raw.get("files") or [])

    @property
    def buttons(self) -> list[str]:
        return buttons_in(self.blocks)

    def as_text(self) -> str:
        shared = [f"({file['title']})" for file in self.files]
        return "\n".join([render_blocks(self.blocks) if self.blocks else self.text, *shared])


@dataclass(frozen=True)
class View:
    """A modal or a Home tab as somebody sees it."""

    raw: Json

    @property
    def id(self) -> str:
        return str(self.raw["id"])

    @property
    def title(self) -> str:
        return str((self.raw.get("title") or {}).get("text", ""))

    @property
    def blocks(self) -> list[Json]:
        return list(self.raw["blocks"])

    @property
    def private_metadata(self) -> str:
        return str(self.raw["private_metadata"])

    @property
    def callback_id(self) -> str:
        return str(self.raw["callback_id"])

    @property
    def state(self) -> Json:
        return dict(self.raw["state"]["values"])

    @property
    def hash(self) -> str:
        return str(self.raw["hash"])

    @property
    def errors(self) -> dict[str, str]:
        return dict(self.raw["errors"])

    @property
    def buttons(self) -> list[str]:
        return buttons_in(self.blocks)

    def as_text(self) -> str:
        return render_blocks(self.blocks, self.state)
