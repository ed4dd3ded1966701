"""How quickly many citizens are allocated, how closely, and beside whom.

The peers lie in a venv of their own, so that the project's stays as pinned:

    python3 -m venv .venv-bench && \
        .venv-bench/bin/pip install --require-hashes -r requirements/bench.txt
    PYTHONPATH=src .venv-bench/bin/python bench/targeting.py [--seconds 60] [CASE ...]

A case is CITIZENSxEFFORTSxCAPACITIES, with `+floors` behind it where two groups have a floor, as
`100000x12x10+floors`; all of the table are run unless some are named. Every answer is found in a
process of its own, and a peer that has not answered within the seconds is killed. The peers get the
linear relaxation: they split citizens, which ours does not. They are given their model ready made.
The naive rules know no floors. Nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from velvalgt.core.targeting import Floor, Problem, allocate

SIZES, EFFORTS, CAPACITIES = (10_000, 100_000, 1_000_000), (12, 20), (10, 40)
PEERS = ("HiGHS simplex", "HiGHS interior point", "GLOP", "PDLP")
ROUNDS = 3
MB = 1e6


@dataclass(frozen=True, slots=True)
class Case:
    citizens: int
    efforts: int
    capacities: int
    has_floors: bool

    @classmethod
    def of(cls, text: str) -> Case:
        sizes, _, floors = text.partition("+")
        return cls(*(int(size) for size in sizes.split("x")), has_floors=bool(floors))

    def __str__(self) -> str:
        sizes = f"{self.citizens}x{self.efforts}x{self.capacities}"
        return f"{sizes}+floors" if self.has_floors else sizes


def world(case: Case) -> Problem:
    """Everyone's gain differs; those in need gain less; every effort takes a seat and some hours.

    There is of each capacity four to eight tenths of what it would take to spread everyone evenly.
    """
    rng = np.random.default_rng(6)
    n, k, m = case.citizens, case.efforts, case.capacities
    weight = rng.choice([1.0, 1.5, 2.0], n, p=[0.5, 0.3, 0.2])
    gain = rng.standard_gamma(2.0, (n, k))
    gain *= rng.uniform(0.5, 1.5, k)
    gain /= weight[:, None]
    gain[:, 0] *= 0.3
    use = np.where(rng.random((k, m)) < 0.2, rng.integers(1, 9, (k, m)) / 4.0, 0.0)
    use[np.arange(1, k), np.arange(k - 1) % m] = 1.0
    use[0] = 0.0
    capacity = np.round(use.mean(axis=0) * n * rng.uniform(0.4, 0.8, m))
    groups = [weight == need for need in (1.5, 2.0)] if case.has_floors else []
    courses = np.arange(k) % 3 == 1
    return Problem(
        gain,
        use,
        capacity,
        weight=weight,
        floors=tuple(Floor(group, courses, int(0.3 * group.sum())) for group in groups),
        wait=rng.integers(0, 700, n),
        key=rng.permutation(n).astype(np.uint64),
    )


def ours(case: Case) -> dict[str, float]:
    """Seconds, gap, peak memory beside the problem, and a pass beside a copy of what it reads."""
    problem = world(case)
    compiling, _ = lap(lambda: allocate(world(Case(3_000, 5, 3, has_floors=case.has_floors))))
    before = _forget_peak()
    first, found = lap(lambda: allocate(problem))
    peak = resident("VmHWM") - before
    laps = [first, *(lap(lambda: allocate(problem))[0] for _ in range(ROUNDS - 1))]
    passing, copying, read = _pass(problem)
    return {
        "seconds": statistics.median(laps),
        "compiling": compiling,
        "gap": found.gap,
        "value": found.value,
        "bound": found.bound,
        "peak": peak,
        "gain": problem.gain.nbytes / MB,
        "pass": read / passing / 1e9,
        "copy": read / copying / 1e9,
    }


def _pass(problem: Problem) -> tuple[float, float, int]:
    """The least seconds of a pass of the kernel, of a copy of its matrix, and the bytes of that."""
    from velvalgt.core.targeting.arranging import arrange
    from velvalgt.core.targeting.dual import Market

    market = Market(arrange(problem, 0))
    prices = np.full(len(market.limits), 1.0) * market.height() / market.units() / 10
    worth = market.arranged.worth
    copy = np.empty_like(worth)
    passing = min(lap(lambda: market.at(prices))[0] for _ in range(20))
    copying = min(lap(lambda: np.copyto(copy, worth))[0] for _ in range(20))
    return passing, copying, worth.nbytes


def naive(case: Case) -> dict[str, float]:
    """The weighted weeks of the naive rules: nothing is taken back, nobody is looked at twice."""
    problem = world(case)
    worth = problem.gain * problem.weight[:, None]
    dear = np.maximum((problem.use / np.maximum(problem.capacity, 1.0)).sum(axis=1), 1e-12)
    more = worth - worth[:, :1]
    pairs = np.argsort(-(more[:, 1:] / dear[1:]), axis=None)
    rows, columns = np.divmod(pairs, len(dear) - 1)
    answers = {"greedy": (rows, columns + 1)}
    line = np.lexsort([-problem.wait, -problem.weight])
    best_first = np.argsort(-worth[line], axis=1)
    answers["need"] = (np.repeat(line, len(dear)), best_first.ravel())
    values = {}
    for name, (who, what) in answers.items():
        choice = _taken(who, what, more, problem)
        values[name] = float(worth[np.arange(len(worth)), choice].sum())
    return values


def _taken(who: Any, what: Any, more: Any, problem: Problem) -> Any:
    """Go through pairs in order: each citizen gets the first that fits and helps."""
    from numba import njit

    @njit
    def take(who: Any, what: Any, more: Any, use: Any, left: Any) -> Any:
        choice = np.zeros(len(more), dtype=np.int64)
        is_served = np.zeros(len(more), dtype=np.bool_)
        for i, j in zip(who, what):  # noqa: B905 - the compiler knows no strict
            if is_served[i] or more[i, j] < 0:
                continue
            if (use[j] <= left).all():
                left -= use[j]
                choice[i], is_served[i] = j, True
        return choice

    return take(who, what, more, problem.use, problem.capacity.copy())


def peer(case: Case, name: str) -> dict[str, float]:
    """The linear relaxation by a general solver, timed from the ready model."""
    model = relaxation(world(case))
    solve = _highs(model, name) if name.startswith("HiGHS") else _ortools(model, name)
    print("ready", flush=True)
    seconds, value = lap(solve)
    return {"seconds": seconds, "value": value}


def relaxation(problem: Problem) -> Any:
    """The linear programme as HiGHS takes it: citizens, then capacities, then floors in rows."""
    import highspy

    (n, k), m = problem.gain.shape, len(problem.capacity)
    row, column, entry = [np.repeat(np.arange(n), k)], [np.arange(n * k)], [np.ones(n * k)]
    for effort, capacity in zip(*np.nonzero(problem.use), strict=True):
        row.append(np.full(n, n + capacity))
        column.append(np.arange(n) * k + effort)
        entry.append(np.full(n, problem.use[effort, capacity]))
    for place, floor in enumerate(problem.floors):
        members = np.flatnonzero(floor.members)
        for effort in np.flatnonzero(floor.efforts):
            row.append(np.full(len(members), n + m + place))
            column.append(members * k + effort)
            entry.append(np.ones(len(members)))
    rows, columns, entries = (np.concatenate(part) for part in (row, column, entry))
    order = np.lexsort([rows, columns])
    asked = np.array([floor.at_least for floor in problem.floors], dtype=np.float64)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = n * k, n + m + len(asked)
    model.col_cost_ = (-problem.gain * problem.weight[:, None]).ravel()
    model.col_lower_, model.col_upper_ = np.zeros(n * k), np.full(n * k, np.inf)
    model.row_lower_ = np.concatenate([np.ones(n), np.full(m, -np.inf), asked])
    model.row_upper_ = np.concatenate([np.ones(n), problem.capacity, np.full(len(asked), np.inf)])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = np.searchsorted(columns[order], np.arange(n * k + 1))
    model.a_matrix_.index_, model.a_matrix_.value_ = rows[order], entries[order]
    return model


def _highs(model: Any, name: str) -> Callable[[], float]:
    import highspy

    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("solver", "simplex" if name.endswith("simplex") else "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.passModel(model)

    def solve() -> float:
        solver.run()
        return -float(solver.getInfo().objective_function_value)

    return solve


def _ortools(model: Any, name: str) -> Callable[[], float]:
    import highspy
    from ortools.linear_solver.python import model_builder

    ready = model_builder.Model()
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "model.mps")
        writer = highspy.Highs()
        writer.silent()
        writer.passModel(model)
        writer.writeModel(path)
        ready.import_from_mps_file(path)
    solver = model_builder.Solver(name.lower())

    def solve() -> float:
        solver.solve(ready)
        return -float(solver.objective_value)

    return solve


def lap(what: Callable[[], Any]) -> tuple[float, Any]:
    """The seconds that it took, and what it gave."""
    began = time.perf_counter()
    made = what()
    return time.perf_counter() - began, made


def resident(what: str) -> float:
    """Megabytes of this process in memory: VmRSS now, VmHWM at most."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(what):
            return int(line.split()[1]) * 1024 / MB
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / MB


def _forget_peak() -> float:
    """Let the most memory ever be counted from here; what is in use now."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return resident("VmRSS")


def asked(case: Case, what: str, seconds: float | None = None) -> dict[str, float] | None:
    """Find an answer in a process of its own; None where it takes longer than the seconds."""
    command = [sys.executable, __file__, "--answer", what, str(case)]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 - ourselves
    try:
        assert child.stdout is not None
        if seconds is not None and child.stdout.readline() != "ready\n":
            raise RuntimeError(f"{what} could not be made ready for {case}")
        told, _ = child.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        return None
    finally:
        child.kill()
        child.wait()
    if child.returncode:
        raise RuntimeError(f"{what} of {case} ended with {child.returncode}")
    return json.loads(told)


def report(case: Case, seconds: float, peers_to: int) -> None:
    own = asked(case, "ours")
    assert own is not None
    each = own["seconds"] / case.citizens * 1e6
    print(
        f"\n{case}: {own['seconds']:.3f} s ({each:.2f} us a citizen; first {own['compiling']:.1f})"
    )
    print(f"  gap to the bound {100 * own['gap']:.4f} %; value {own['value']:,.1f} weighted weeks")
    print(
        f"  {own['peak']:,.0f} MB at most beside the problem, whose gains are {own['gain']:,.0f} MB"
    )
    print(
        f"  a pass reads {own['pass']:.1f} GB/s, a copy of the same {own['copy']:.1f}:"
        f" {100 * own['pass'] / own['copy']:.0f} %"
    )
    rules = None if case.has_floors else asked(case, "naive")
    for name, value in (rules or {}).items():
        print(f"  {100 * (own['value'] / value - 1):+.1f} % over {name}")
    if case.citizens > peers_to:
        return
    fastest = seconds
    for name in PEERS:
        answer = asked(case, name, seconds)
        if answer is None:
            print(f"  {name}: not within {seconds:.0f} s")
            continue
        fastest = min(fastest, answer["seconds"])
        over = 100 * (answer["value"] / own["bound"] - 1)
        print(f"  {name}: {answer['seconds']:.2f} s, its value {over:+.4f} % of our bound")
    least = "at least " if fastest == seconds else ""
    print(f"  {least}{fastest / own['seconds']:.0f} times quicker than the fastest of them")


def cases() -> Iterator[Case]:
    for citizens in SIZES:
        for efforts in EFFORTS:
            for capacities in CAPACITIES:
                yield from (Case(citizens, efforts, capacities, floors) for floors in (False, True))


def main() -> None:
    """Run the cases one after another, or answer one of their questions."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", type=Case.of, metavar="CASE")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each peer")
    parser.add_argument("--peers-to", type=int, default=100_000, help="citizens, at most")
    parser.add_argument("--answer", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.answer:
        own = {"ours": ours, "naive": naive}.get(given.answer)
        answer = own(given.cases[0]) if own else peer(given.cases[0], given.answer)
        print(json.dumps(answer))
        return
    with tempfile.TemporaryDirectory() as folder:
        # What is compiled is compiled once, at the first case, and its seconds are told there.
        os.environ["NUMBA_CACHE_DIR"] = folder
        for case in given.cases or cases():
            report(case, given.seconds, given.peers_to)


if __name__ == "__main__":
    main()
