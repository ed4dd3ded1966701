"""A small virus scanner on loopback that speaks clamd's protocol as clamd does.

It knows one virus: the test file that all scanners agree to call one, EICAR.
Source of the protocol: the manual page clamd(8), "COMMANDS".
"""

import socketserver
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import cast

VERSION = "ClamAV 1.4.3/27800/Mon Nov 23 08:00:00 2026"
# In two pieces, so that no scanner calls this file a virus.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-" + rb"ANTIVIRUS-TEST-FILE!$H+H*"
STREAM_LIMIT = b"INSTREAM size limit exceeded. ERROR"


class FakeScanner(socketserver.ThreadingTCPServer):
    """Answers PING, VERSION and INSTREAM; can be slow, and can have a small limit."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, *, seconds: float = 0, stream_limit: int = 25_000_000) -> None:
        super().__init__(("127.0.0.1", 0), _Session)
        self.seconds = seconds
        self.stream_limit = stream_limit
        self.scanned: list[int] = []

    @property
    def address(self) -> str:
        """What VELVALGT_CLAMD would say."""
        return f"127.0.0.1:{self.server_address[1]}"


@contextmanager
def listening(**kwargs: float) -> Iterator[FakeScanner]:
    """Let a scanner listen for the while of a test."""
    with FakeScanner(**kwargs) as scanner:  # type: ignore[arg-type]
        Thread(target=scanner.serve_forever, args=(0.02,), daemon=True).start()
        try:
            yield scanner
        finally:
            scanner.shutdown()


class _Session(socketserver.StreamRequestHandler):
    """One command; it ends as it began, with a line's end after "n" and a zero after "z"."""

    def handle(self) -> None:
        first = self.rfile.read(1)
        self.end = b"\0" if first == b"z" else b"\n"
        command = b""
        while (sign := self.rfile.read(1)) not in {self.end, b""}:
            command += sign
        self._answer(self._answer_to(command))

    def _answer_to(self, command: bytes) -> bytes:
        if command == b"PING":
            return b"PONG"
        if command == b"VERSION":
            return VERSION.encode()
        if command == b"INSTREAM":
            return self._scanned()
        return b"UNKNOWN COMMAND"

    def _scanned(self) -> bytes:
        server = cast("FakeScanner", self.server)
        content = b""
        while length := struct.unpack("!L", self._exactly(4))[0]:
            if len(content) + length > server.stream_limit:
                return STREAM_LIMIT
            content += self._exactly(length)
        server.scanned.append(len(content))
        time.sleep(server.seconds)
        return b"stream: Eicar-Signature FOUND" if EICAR in content else b"stream: OK"

    def _exactly(self, length: int) -> bytes:
        read = self.rfile.read(length)
        if len(read) < length:
            raise ConnectionError("the other side hung up in the middle")
        return read

    def _answer(self, words: bytes) -> None:
        self.wfile.write(words + self.end)
