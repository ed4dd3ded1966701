"""The `velvalgt` command, without an installation."""
