"""The frames that a plan was made from, kept as sealed Parquet, so that it can be made again.

They lie in the data folder, `runs/TENANT/RUN/`, open to nobody else, each sealed for its own place.
A folder is written whole under another name and gets its own at last: what a killed run leaves is a
folder that no run names, and the next one sweeps it.
"""

import json
import os
import shutil
from dataclasses import asdict
from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from uuid import UUID

import polars as pl
from django.conf import settings
from django.utils.translation import gettext as _

from velvalgt.apps.people.guarded import CannotOpen, seal_bytes, unseal_bytes
from velvalgt.apps.priorities.choices import Mode
from velvalgt.apps.priorities.inputs import Inputs, Settings
from velvalgt.apps.priorities.models import Run

FRAMES = ("citizens", "duties", "options", "capacities")
SETTINGS = "settings"
TABLE = "priorities_run"
UNFINISHED = ".unfinished-"
ONLY_US, ONLY_OUR_FOLDER = 0o600, 0o700


class FramesGone(Exception):
    """The frames of a run are kept no more, or are not those it was made from."""


def folder_of(tenant_id: UUID) -> Path:
    """The folder of a tenant's runs."""
    return Path(settings.HOME) / "runs" / str(tenant_id)


def packed(inputs: Inputs) -> dict[str, bytes]:
    """The bytes of each part of some inputs; the same inputs give the same bytes."""
    parts = {name: _parquet(getattr(inputs, name)) for name in FRAMES}
    said = asdict(inputs.settings) | {"on": inputs.settings.on.isoformat()}
    return {**parts, SETTINGS: json.dumps(said, sort_keys=True).encode()}


def hashes_of(parts: dict[str, bytes]) -> dict[str, str]:
    """The SHA-256 of each part, by its name."""
    return {name: sha256(content).hexdigest() for name, content in parts.items()}


def keep(parts: dict[str, bytes], *, tenant_id: UUID, run_id: UUID) -> None:
    """Keep the parts of a run's inputs: all of them lie on the disk, or none has the run's name."""
    home = folder_of(tenant_id)
    home.mkdir(mode=ONLY_OUR_FOLDER, parents=True, exist_ok=True)
    unfinished = home / f"{UNFINISHED}{run_id}"
    unfinished.mkdir(mode=ONLY_OUR_FOLDER)
    for name, content in parts.items():
        sealed = seal_bytes(content, table=TABLE, column=name, pk=run_id)
        _write(unfinished / name, sealed)
    _to_disk(unfinished)
    unfinished.rename(home / str(run_id))
    _to_disk(home)


def inputs_of(run: Run) -> Inputs:
    """Give what a run was made from.

    Raises:
        FramesGone: they are kept no more, or were changed since.
    """
    parts = {name: _read(run, name) for name in (*FRAMES, SETTINGS)}
    frames = {name: pl.read_parquet(BytesIO(parts[name])) for name in FRAMES}
    return Inputs(**frames, settings=_settings(parts[SETTINGS]))


def sweep(tenant_id: UUID, *, kept: set[UUID]) -> int:
    """Delete what lies in a tenant's folder and belongs to no run that is kept; gives how many.

    Only while no plan is being made.
    """
    home, names = folder_of(tenant_id), {str(run_id) for run_id in kept}
    strays = [each for each in home.iterdir() if each.name not in names] if home.is_dir() else []
    for stray in strays:
        shutil.rmtree(stray)
    return len(strays)


def _settings(content: bytes) -> Settings:
    said = json.loads(content)
    return Settings(
        **said | {"on": date.fromisoformat(said["on"]), "mode": Mode(said["mode"])},
    )


def _parquet(frame: pl.DataFrame) -> bytes:
    content = BytesIO()
    frame.rechunk().write_parquet(content)
    return content.getvalue()


def _read(run: Run, name: str) -> bytes:
    path = folder_of(run.tenant_id) / str(run.pk) / name
    try:
        content = unseal_bytes(path.read_bytes(), table=TABLE, column=name, pk=run.pk)
    except FileNotFoundError:
        raise FramesGone(_("What the plan was made from is not kept any more.")) from None
    except CannotOpen as error:
        raise FramesGone(f"{path}: {error}") from None
    if sha256(content).hexdigest() != run.inputs[name]:
        raise FramesGone(f"{path}: it is not what the plan was made from")
    return content


def _write(path: Path, content: bytes) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_US)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _to_disk(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
