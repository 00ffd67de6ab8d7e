"""What every act of a person has in common: who acts, where, and how the app's answer reads to them."""

from dataclasses import asdict, dataclass, field
from typing import Any

from sandbox.delivery import Answer, Parcel
from sandbox.payloads import Payloads
from sandbox.rows import Channel, Person
from sandbox.site import Site
from sandbox.wire import Impossible, Json


@dataclass
class Reply:
    """What a person sees come of an act; `status` 0 when the app was not asked or said nothing."""

    status: int = 0
    timeout: bool = False
    text: str | None = None
    blocks: list[Json] | None = None
    errors: dict[str, str] = field(default_factory=dict)
    error: str | None = None
    confirm: Json | None = None
    raw: Any = None

    def shape(self) -> Json:
        return asdict(self)


def reply_to(answer: Answer) -> Reply:
    """An app's answer as the person meets it."""
    error = None if answer.ok else "operation_timeout" if answer.timeout else "dispatch_failed"
    return Reply(answer.status, answer.timeout, error=error, raw=answer.body)


class Actor:
    """Somebody who acts."""

    def __init__(self, site: Site, person: Person) -> None:
        self.site = site
        self.ws = site.ws
        self.person = person
        self.payloads = Payloads(site, person)

    def place(self, channel: str) -> Channel:
        """A channel by id or name; `dm` is the direct messages with the app."""
        if channel.lower() in {"dm", "bot dm"}:
            return self.ws.dm(self.ws.app().bot_user_id, self.person.id)
        return self.ws.channel(channel)

    def _member_of(self, channel: str) -> Channel:
        place = self.place(channel)
        if self.person.id not in place.members:
            raise Impossible(f"{self.person.name} is not in {place.name or 'these direct messages'}")
        return place

    async def _deliver(self, parcel: Parcel) -> Answer:
        if parcel.shape == "interaction" and not parcel.app.is_interactive:
            self.ws.violate("interactivity_disabled", parcel.kind, messages=["the manifest does not enable it"])
            return Answer(0)
        return await self.site.courier.deliver(parcel)
