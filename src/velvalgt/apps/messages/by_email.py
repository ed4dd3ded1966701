"""E-mail by the municipality's own mail server."""

import smtplib
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from velvalgt.apps.messages.adapters import Busy, Refused

PERMANENT = 500
"""From this SMTP code on the server will not change its mind (RFC 5321, section 4.2.1)."""


class Email:
    """A gateway over SMTP, as the settings name the server."""

    def __init__(self, connection: Any = None) -> None:
        self.connection = connection or get_connection()

    def send(self, *, address: str, subject: str, text: str, key: str) -> str:
        """Send one mail; its Message-ID is made of the key, so a repetition is recognised."""
        _, sender = parseaddr(settings.DEFAULT_FROM_EMAIL)
        reference = f"<{key}@{sender.rpartition('@')[2]}>"
        headers = {"Message-ID": reference, "Auto-Submitted": "auto-generated"}
        mail = EmailMessage(subject, text, to=[address], headers=headers)
        try:
            self.connection.send_messages([mail])
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            raise (Refused if min(codes) >= PERMANENT else Busy)(str(codes)) from error
        except (OSError, smtplib.SMTPException) as error:
            raise Busy(type(error).__name__) from error
        return reference
