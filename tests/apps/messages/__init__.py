"""Messages, notifications and letters."""
