"""A visitor without a browser: asks for pages over Streamlit's own websocket protocol and waits until they are done."""

import asyncio
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

SECONDS_TO_ANSWER = 120
FINISHED = ForwardMsg.FINISHED_SUCCESSFULLY


@dataclass
class Answer:
    """What came back for one request: how long it took, how many bytes, charts and broken pages."""

    seconds: float
    bytes: int = 0
    charts: int = 0
    broken: int = 0


@dataclass
class Visitor:
    """One browser tab: its connection, and the pages that it was told of."""

    connection: ClientConnection
    pages: dict[str, str] = field(default_factory=dict)

    async def ask(self, page: str = "", **choices: object) -> Answer:
        """The page with these choices in its address, from the request until its script has ended."""
        asked = BackMsg()
        asked.rerun_script.query_string = urlencode(choices)
        asked.rerun_script.page_script_hash = self.pages.get(page, "")
        asked.rerun_script.page_name = "" if page in self.pages else page
        start = time.perf_counter()
        await self.connection.send(asked.SerializeToString())
        return await asyncio.wait_for(self._read(start), SECONDS_TO_ANSWER)

    async def _read(self, start: float) -> Answer:
        """Everything that the server sends until the script has ended."""
        found = Answer(0.0)
        async for raw in self.connection:
            message = ForwardMsg.FromString(raw)
            found.bytes += len(raw)
            self._note(message, found)
            if message.WhichOneof("type") == "script_finished":
                found.broken += message.script_finished != FINISHED
                break
        found.seconds = time.perf_counter() - start
        return found

    def _note(self, message: ForwardMsg, found: Answer) -> None:
        """Counts what a message brings; a page that shows an error is broken."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = {page.url_pathname: page.page_script_hash for page in message.navigation.app_pages}
        if kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            found.charts += element.WhichOneof("type") == "plotly_chart"
            found.broken += element.WhichOneof("type") == "exception" or element.alert.format == element.alert.ERROR


async def arrive(port: int) -> Visitor:
    """A new visitor of the server on that port of this machine."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    return Visitor(await connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None, proxy=None))
