"""The virus scanner, ClamAV's clamd, met through its library; knows nothing of cases."""

import socket
from io import BytesIO
from typing import BinaryIO, cast

import clamd

SECONDS = 60.0
"""How long to wait for a word from the scanner; a file of 10 MB takes it a few."""


class ScannerSilent(Exception):
    """Nobody answers at the scanner's address, or not in time."""


class ScannerRefused(Exception):
    """The scanner answered, but would not judge this content."""


class Scanner:
    """A clamd at an address: the path of its socket, or host and port with a colon between."""

    def __init__(self, address: str, *, seconds: float = SECONDS) -> None:
        self.line = _Line(address, seconds)

    def version(self) -> str:
        """Ask who is there, such as "ClamAV 1.4.2/27510/Mon Nov 23 2026".

        Raises:
            ScannerSilent: nobody.
        """
        try:
            return str(self.line.version())
        except (clamd.ClamdError, OSError, UnicodeDecodeError) as error:
            raise ScannerSilent(str(error)) from error

    def virus_in(self, content: bytes) -> str:
        """Name the virus that some bytes hold; "" where they hold none.

        Raises:
            ScannerSilent: no answer.
            ScannerRefused: no judgement, as when its own limit of size is lower than ours.
        """
        try:
            answer = self.line.instream(BytesIO(content))
        except (clamd.ResponseError, UnicodeDecodeError) as error:
            raise ScannerRefused(str(error)) from error
        except (clamd.ConnectionError, OSError) as error:
            raise ScannerSilent(str(error)) from error
        if not answer:
            raise ScannerSilent("it hung up")
        status, name = answer["stream"]
        if status == "ERROR":
            raise ScannerRefused(str(name))
        return str(name) if status == "FOUND" else ""


class _Line(clamd.ClamdNetworkSocket):  # type: ignore[misc] # the library has no types
    """The library's client on a connection that waits no longer than asked and sends all.

    The library connects without a limit, and trusts that each piece it sends is taken whole. A
    piece cut short would shift the lengths that follow, and a run of zeros in the file could then
    be read as its end.
    """

    clamd_socket: "_Whole | None" = None

    def __init__(self, address: str, seconds: float) -> None:
        host, _, port = address.rpartition(":")
        if not (address.startswith("/") or (host and port.isdigit())):
            raise ValueError(f"{address!r} is neither a path nor host:port")
        self.address, self.seconds = address, seconds
        super().__init__(host.strip("[]"), int(port) if port.isdigit() else 0, seconds)

    def _init_socket(self) -> None:
        try:
            self.clamd_socket = _Whole(self._connected())
        except OSError as error:
            raise clamd.ConnectionError(str(error)) from error

    def _connected(self) -> socket.socket:
        if not self.address.startswith("/"):
            return socket.create_connection((self.host, self.port), self.seconds)
        local = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        local.settimeout(self.seconds)
        try:
            local.connect(self.address)
        except OSError:
            local.close()
            raise
        return local

    def _close_socket(self) -> None:
        if self.clamd_socket is not None:  # as where nobody answered
            self.clamd_socket.close()


class _Whole:
    """A connection whose `send` does not return before all is sent."""

    def __init__(self, connection: socket.socket) -> None:
        self.connection = connection

    def send(self, piece: bytes) -> None:
        self.connection.sendall(piece)

    def makefile(self, mode: str) -> BinaryIO:
        return cast("BinaryIO", self.connection.makefile(mode))  # type: ignore[call-overload]

    def close(self) -> None:
        self.connection.close()
