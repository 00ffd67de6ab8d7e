"""Socket Mode: connections of an app, envelopes to any one of them, and acks that come back."""

import asyncio
import json
import secrets
import time
import uuid
from collections import defaultdict
from itertools import count

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.wire import Json

TICKET_SECONDS = 30.0


class Sockets:
    """All open connections; touched only on the server's event loop."""

    def __init__(self) -> None:
        self.open: dict[str, list[WebSocket]] = defaultdict(list)
        self._tickets: dict[str, tuple[str, float]] = {}
        self._acks: dict[str, asyncio.Future[Json]] = {}
        self._turns = count()

    def ticket(self, app_id: str) -> str:
        """A one-time ticket for one connection, as the address from `apps.connections.open` holds it."""
        ticket = secrets.token_hex(16)
        self._tickets[ticket] = (app_id, time.monotonic() + TICKET_SECONDS)
        return ticket

    async def serve(self, socket: WebSocket) -> None:
        """Hold one connection: say hello, and hear acks until it closes."""
        app_id, until = self._tickets.pop(socket.query_params.get("ticket", ""), ("", 0.0))
        if time.monotonic() > until:
            await socket.close(4401)
            return
        await socket.accept()
        self.open[app_id].append(socket)
        await socket.send_text(json.dumps(self._hello(app_id)))
        try:
            while True:
                self._hear(await socket.receive_text())
        except WebSocketDisconnect:
            pass
        finally:
            self._forget(app_id, socket)

    async def send(self, app_id: str, envelope: Json, seconds: float) -> Json | None:
        """Send an envelope to any one connection and wait for its ack; None when it does not come in time."""
        connections = self.open[app_id]
        if not connections:
            raise ConnectionError("no connection")
        envelope = {"envelope_id": str(uuid.uuid4()), **envelope}
        ack: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = ack
        socket = connections[next(self._turns) % len(connections)]
        try:
            await socket.send_text(json.dumps(envelope))
            return await asyncio.wait_for(ack, seconds)
        except TimeoutError:
            return None
        except (WebSocketDisconnect, RuntimeError) as error:
            raise ConnectionError("the connection is closed") from error
        finally:
            del self._acks[envelope["envelope_id"]]

    async def disconnect(self, app_id: str, reason: str) -> None:
        """Tell every connection of an app to go, then close it."""
        message = {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
        for socket in list(self.open[app_id]):
            await socket.send_text(json.dumps(message))
            await socket.close()
            self._forget(app_id, socket)

    def _forget(self, app_id: str, socket: WebSocket) -> None:
        if socket in self.open[app_id]:
            self.open[app_id].remove(socket)

    def _hello(self, app_id: str) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self.open[app_id]),
            "debug_info": {"host": "sandbox", "build_number": 1, "approximate_connection_time": 18060},
            "connection_info": {"app_id": app_id},
        }

    def _hear(self, text: str) -> None:
        ack = json.loads(text)
        waiting = self._acks.get(ack.get("envelope_id", ""))
        if waiting and not waiting.done():
            waiting.set_result(ack)
