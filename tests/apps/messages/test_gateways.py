"""Every gateway passes the same tests: a yes has a reference, a no is final, busy comes again."""

import smtplib
import socketserver
import threading
from collections.abc import Iterator
from email import message_from_bytes, policy

import pytest
from django.core.mail import get_connection

from tests.world.municipality import World
from velvalgt.apps.messages import channels
from velvalgt.apps.messages.adapters import Busy, Gateway, Refused
from velvalgt.apps.messages.by_email import Email
from velvalgt.apps.messages.choices import Channel
from velvalgt.apps.messages.models import Rehearsal
from velvalgt.apps.messages.sandbox import Sandbox

KEY = "01a20f81-8e93-760b-810a-0e58b5454b78"
ADDRESSES = {
    Channel.EMAIL: ("joern@example.dk", "busy@example.dk", "nobody"),
    Channel.SMS: ("+4520304050", "+4520300503", "+461"),
    Channel.DIGITAL_POST: ("7", "0503", "exempt"),
}


def send(gateway: Gateway, address: str) -> str:
    return gateway.send(address=address, subject="Nyt", text="Du har nyt på din side", key=KEY)


@pytest.mark.parametrize("channel", ADDRESSES)
def test_a_sandbox_answers_as_the_real_one_and_keeps_what_it_takes(
    world: World, channel: Channel
) -> None:
    taken, busy, refused = ADDRESSES[channel]
    with world.building():
        sandbox = Sandbox(channel, world.joern)

        assert send(sandbox, taken) == send(sandbox, taken)
        with pytest.raises(Busy):
            send(sandbox, busy)
        with pytest.raises(Refused):
            send(sandbox, refused)
        kept = Rehearsal.objects.get()
        assert (kept.address, kept.text) == (taken, "Du har nyt på din side")


class Server(socketserver.ThreadingTCPServer):
    """A mail server that takes, refuses or asks to come again, by the recipient's name."""

    allow_reuse_address = True
    daemon_threads = True
    mails: list[bytes]


class Conversation(socketserver.StreamRequestHandler):
    """One conversation by RFC 5321."""

    ANSWERS = {"nobody": b"550 no such mailbox", "busy": b"450 come again"}
    server: Server

    def handle(self) -> None:
        self.say(b"220 ready")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say(b"354 go on")
                self.server.mails.append(self.mail())
            if verb == b"QUIT":
                return self.say(b"221 bye")
            self.say(self.answer(line.decode()) if verb == b"RCPT" else b"250 ok")
        return None

    def answer(self, line: str) -> bytes:
        return next((said for name, said in self.ANSWERS.items() if name in line), b"250 ok")

    def mail(self) -> bytes:
        return b"".join(iter(self.rfile.readline, b".\r\n"))

    def say(self, words: bytes) -> None:
        self.wfile.write(words + b"\r\n")


@pytest.fixture
def mail_server() -> Iterator[Server]:
    """A mail server on this machine."""
    with Server(("127.0.0.1", 0), Conversation) as server:
        server.mails = []
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def email_by(port: int) -> Email:
    backend = "django.core.mail.backends.smtp.EmailBackend"
    return Email(
        get_connection(
            backend, host="127.0.0.1", port=port, use_tls=False, username="", password="", timeout=5
        )
    )


def test_a_mail_goes_out_in_danish_with_a_key_that_shows_repetitions(mail_server: Server) -> None:
    reference = send(email_by(mail_server.server_address[1]), "joern@example.dk")

    (mail,) = [message_from_bytes(each, policy=policy.default) for each in mail_server.mails]
    assert (mail["To"], mail["Subject"]) == ("joern@example.dk", "Nyt")
    assert mail["Message-ID"] == reference
    assert KEY in reference
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "Du har nyt på din side" in mail.get_content()


@pytest.mark.parametrize(("name", "error"), [("nobody", Refused), ("busy", Busy)])
def test_the_mail_servers_no_is_final_or_comes_again(
    mail_server: Server, name: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        send(email_by(mail_server.server_address[1]), f"{name}@example.dk")


def test_a_mail_server_that_is_down_is_tried_again() -> None:
    with socketserver.TCPServer(("127.0.0.1", 0), Conversation) as gone:
        port = gone.server_address[1]

    with pytest.raises(Busy):
        send(email_by(port), "joern@example.dk")


def test_a_login_that_fails_is_tried_again() -> None:
    class Closed:
        def send_messages(self, mails: object) -> None:
            raise smtplib.SMTPAuthenticationError(535, b"no")

    with pytest.raises(Busy):
        send(Email(Closed()), "joern@example.dk")


def test_production_offers_only_what_somebody_stands_behind(settings: object) -> None:
    settings.IS_PRODUCTION, settings.SMTP_URL = True, ""  # type: ignore[attr-defined]
    assert channels.offered() == [Channel.PAGE]

    settings.SMTP_URL = "smtp://mail.example.dk"  # type: ignore[attr-defined]
    assert channels.offered() == [Channel.EMAIL, Channel.PAGE]
