"""An assistant's door: Belay's questions as tools of the Model Context Protocol, through the API and its scopes.

An assistant asks and drafts. It decides and posts nothing: that takes a person's click in Slack.
"""

from typing import Annotated, Any

import httpx
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

INSTRUCTIONS = """Belay is the deal desk of sales and operations. Check deals before anybody promises them, say which
ways to yes there are, and what waits for the person for whom you act. You cannot post or decide: a draft goes to the
person in Slack, who looks at it and presses the button."""
ASKS = ToolAnnotations(read_only_hint=True, open_world_hint=False)
DRAFTS = ToolAnnotations(read_only_hint=False, destructive_hint=False, open_world_hint=False)
SECONDS = 60.0
Json = dict[str, Any]


class Line(BaseModel):
    """One delivery that is asked for."""

    offer: Annotated[str, Field(description="The offer by its name, as list_offers has it.")]
    quantity: int
    by: Annotated[str, Field(description="The day by which it is wanted, such as 2027-01-20.")]
    unit_price: Annotated[str | None, Field(description="For one unit; without it, the list price.")] = None


def assistant(api: httpx.Client) -> MCPServer[Any]:
    """The tools, each of which asks the API."""
    server: MCPServer[Any] = MCPServer("belay", title="Belay", instructions=INSTRUCTIONS)

    def get(path: str, **params: Any) -> Json:
        return _answer(api.get(path, params={name: value for name, value in params.items() if value}))

    @server.tool(annotations=ASKS)
    def check_deal(lines: list[Line], customer: str = "") -> Json:
        """Whether a deal would fit, what is in the way, which ways to yes there are, and who would have to agree."""
        given = [line.model_dump(exclude_none=True) for line in lines]
        return _answer(api.post("/checks", json={"customer": customer, "lines": given}))

    @server.tool(annotations=ASKS)
    def what_waits_for_me() -> Json:
        """The deals that wait for the person: an agreement, an answer or a report."""
        return get("/waiting")

    @server.tool(annotations=ASKS)
    def find_deals(words: str = "", state: str = "") -> Json:
        """Deals by words of their customer or offers, and by state: proposed, countered, approved, won and so on."""
        return get("/deals", words=words, state=state)

    @server.tool(annotations=ASKS)
    def read_deal(number: int) -> Json:
        """A deal as it stands: terms, verdict, ways to yes, whose turn it is, and what the person may do."""
        return get(f"/deals/{number}")

    @server.tool(annotations=ASKS)
    def list_offers() -> Json:
        """What is sold, with list prices."""
        return get("/offers")

    @server.tool(annotations=ASKS)
    def read_capacity(resource: str = "") -> Json:
        """What is offered, promised and free in the coming weeks, of all resources or of one."""
        return get("/capacity", resource=resource)

    @server.tool(annotations=DRAFTS)
    def draft_deal(words: str) -> Json:
        """Put a deal before the person in Slack, in words: 60 Summit tent for Acme by 20 January at 5 % off."""
        return _answer(api.post("/drafts", json={"words": words}))

    return server


def api_client(address: str, token: str) -> httpx.Client:
    """The API at the address of the bot, with a token."""
    return httpx.Client(base_url=f"{address}/api/v1", headers={"Authorization": f"Bearer {token}"}, timeout=SECONDS)


def _answer(answer: httpx.Response) -> Json:
    """What the API says; a refusal as the sentence that a person would read."""
    try:
        document: Json = answer.json()
    except ValueError:
        raise ToolError(f"Belay did not answer ({answer.status_code}).") from None
    if answer.is_error:
        raise ToolError(str(document.get("detail") or f"Belay refused it ({answer.status_code})."))
    return document
