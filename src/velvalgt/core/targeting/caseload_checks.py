"""A caseload that is none is refused here, by the row, and nowhere below."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from velvalgt.core.targeting.caseload import NOBODY, BadCaseload, Bools, Caseload, Floats, Keys

_ARRAYS: dict[str, tuple[str, type[np.generic]]] = {
    "weight": ("n", np.floating),
    "now": ("n", np.signedinteger),
    "capacity": ("c", np.floating),
    "unit": ("c", np.signedinteger),
    "home": ("n", np.signedinteger),
    "chosen": ("n", np.signedinteger),
    "guideline": ("n2", np.floating),
    "competence": ("nc", np.floating),
    "required": ("n", np.bool_),
    "language": ("nc", np.bool_),
    "industry": ("nc", np.bool_),
    "distance": ("nc", np.floating),
    "forbidden": ("nc", np.bool_),
    "keep": ("n", np.floating),
    "key": ("n", np.unsignedinteger),
    "caseworker_key": ("c", np.unsignedinteger),
}


def check(caseload: Caseload) -> None:
    """Refuse what is no caseload.

    Args:
        caseload: what somebody made.

    Raises:
        BadCaseload: an array has the wrong shape, or a value is missing or out of range.
    """
    _check_shapes(caseload)
    n, c = caseload.shape
    if n and not c:
        raise BadCaseload(f"There is no caseworker for {n} cases: give somebody a capacity.")
    _refuse("case", "weight", caseload.weight, _positive(caseload.weight), "above 0")
    _refuse("caseworker", "capacity", caseload.capacity, _from_0(caseload.capacity), "from 0 up")
    _refuse("caseworker", "unit", caseload.unit, caseload.unit >= 0, "from 0 up")
    now = (caseload.now >= NOBODY) & (caseload.now < c)
    _refuse("case", "now", caseload.now, now, f"from -1 to {c - 1}")
    if caseload.guideline is not None:
        low, high = caseload.guideline.T
        good = (np.isnan(low) & np.isnan(high)) | ((low > 0) & (high >= low) & np.isfinite(high))
        _refuse("case", "guideline", caseload.guideline, good, "above 0, the lower first")
    if caseload.competence is not None:
        good = _each((caseload.competence >= 0) & (caseload.competence <= 1))
        _refuse("case", "competence", caseload.competence, good, "from 0 to 1")
    if caseload.distance is not None:
        good = _each(_from_0(caseload.distance))
        _refuse("case", "distance", caseload.distance, good, "from 0 up")
    if caseload.keep is not None:
        _refuse("case", "keep", caseload.keep, _from_0(caseload.keep), "from 0 up")
    _check_keys("case", caseload.key)
    _check_keys("caseworker", caseload.caseworker_key)


def _check_shapes(caseload: Caseload) -> None:
    sizes = dict(zip("nc2", (*caseload.shape, 2), strict=True))
    for name, (shape, kind) in _ARRAYS.items():
        values = getattr(caseload, name)
        if values is None:
            continue
        wanted = tuple(sizes[letter] for letter in shape)
        if values.shape != wanted:
            raise BadCaseload(f"{name} has the shape {values.shape}: it must be {wanted}.")
        if not np.issubdtype(values.dtype, kind):
            raise BadCaseload(f"{name} holds {values.dtype}: it must hold {kind.__name__}.")


def _check_keys(whose: str, keys: Keys | None) -> None:
    if keys is None:
        return
    _, first = np.unique(keys, return_index=True)
    twice = np.setdiff1d(np.arange(len(keys)), first)
    if twice.size:
        raise BadCaseload(f"The key of {whose} {twice[0]} stands twice: give each one of its own.")


def _refuse(whose: str, name: str, values: NDArray[np.generic], good: Bools, wanted: str) -> None:
    bad = np.flatnonzero(~good)
    if bad.size:
        raise BadCaseload(
            f"The {name} of {whose} {bad[0]} is {values[bad[0]]}: give a number {wanted}."
        )


def _positive(values: Floats) -> Bools:
    good: Bools = np.isfinite(values) & (values > 0)
    return good


def _from_0(values: Floats) -> Bools:
    good: Bools = np.isfinite(values) & (values >= 0)
    return good


def _each(good: Bools) -> Bools:
    every: Bools = np.all(good, axis=1)
    return every
