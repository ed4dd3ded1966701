"""Django's own commands, run as the owner of the database; `velvalgt` is for all else."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "velvalgt.site.settings")
    os.environ.setdefault("VELVALGT_ROLE", "owner")
    execute_from_command_line(sys.argv)
