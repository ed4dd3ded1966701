"""`python -m velvalgt.cli` is the `velvalgt` command."""

from velvalgt.cli import main

main()
