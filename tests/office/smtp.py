"""An SMTP server on loopback that answers as it is told (F14)."""

import asyncio
import contextlib
from email import message_from_bytes

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Sink:
    """Keeps every accepted letter. `script` is what to answer to the next letters, the last one for ever after."""

    def __init__(self):
        self.letters, self.script, self.rcpt = [], ["250 OK"], "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server, session, envelope):
        answer = self.script.pop(0) if len(self.script) > 1 else self.script[0]
        if answer == "hang":
            await asyncio.sleep(3)
        if answer == "drop":
            self.letters.append(message_from_bytes(envelope.content))
            server.transport.abort()
            return "250 too late"
        if answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content))
        return answer


class Server(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True)


@contextlib.contextmanager
def smtp_server():
    sink = Sink()
    server = Server(sink, hostname="127.0.0.1", port=0)
    # aiosmtpd connects to the port it was told, so port 0 must be resolved first
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        server.port = probe.getsockname()[1]
    server.start()
    sink.port = server.port
    try:
        yield sink
    finally:
        server.stop()
