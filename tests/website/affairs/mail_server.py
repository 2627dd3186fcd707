"""A mail server on the loopback: enough of SMTP to take letters, to refuse some, and to hang up."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Thread


@dataclass
class MailServer:
    """Handle on the running server."""

    port: int = 0
    taken: list[EmailMessage] = field(default_factory=list)
    """Every letter that was taken, in order."""
    raw: list[bytes] = field(default_factory=list)
    """The same, as they came over the wire."""
    refuses: set[str] = field(default_factory=set)
    """Addresses that it does not know."""
    hangs_up_after: int = 1_000_000
    """How many letters it takes before it hangs up in the middle of one."""

    def letters_to(self, address: str) -> list[EmailMessage]:
        """What was taken for an address."""
        return [one for one in self.taken if one["To"] == address]

    async def speak(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, from greeting to goodbye."""
        writer.write(b"220 loopback\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"RCPT" and any(one.encode() in line for one in self.refuses):
                writer.write(b"550 nobody of that name\r\n")
            elif verb == b"DATA":
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                if len(self.taken) >= self.hangs_up_after:
                    break
                whole = letter.removesuffix(b".\r\n").replace(b"\r\n..", b"\r\n.")
                self.raw.append(whole)
                self.taken.append(message_from_bytes(whole, policy=policy.default))
                writer.write(b"250 taken\r\n")
            elif verb == b"QUIT":
                writer.write(b"221 goodbye\r\n")
                break
            else:
                writer.write(b"250 yes\r\n")
        await writer.drain()
        writer.close()


@contextmanager
def running_mail_server() -> Iterator[MailServer]:
    """A mail server on a free port of the loopback, until the end of the block."""
    server = MailServer()
    loop = asyncio.new_event_loop()
    listening = loop.run_until_complete(asyncio.start_server(server.speak, "127.0.0.1", 0))
    server.port = listening.sockets[0].getsockname()[1]
    thread = Thread(target=loop.run_forever)
    thread.start()
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(listening.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()
