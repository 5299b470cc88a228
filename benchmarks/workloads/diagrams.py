"""The whole bifurcation diagram of a model over its current: equilibria, cycles, stability.

Argument: "hodgkin_huxley" or "planar", the persistent sodium and potassium model. The first time
counts from the start of the process.
"""

import os
import sys
import time

from frame import Report, diagram_facts

import excitable as ex

which = sys.argv[1]
planar = which == "planar"
model = ex.PersistentSodiumPotassium if planar else ex.HodgkinHuxley
ends = ("0 uA/cm2", "210 uA/cm2" if planar else "200 uA/cm2")


def diagram():
    """Equilibria and all cycles with their stability."""
    branch = ex.continuation(model, "I", *ends)
    cycles = branch.cycles()
    stable = [int(piece.stable.sum()) for piece in cycles.pieces]
    return branch, cycles, stable


branch, cycles, stable = diagram()
wall = time.time() - float(os.environ.get("BENCHMARK_STARTED", "nan"))
report = Report(ex.__version__)
report.add("result", wall, time.process_time())
for _ in range(3):
    with report.timed("again"):
        diagram()
places = {
    kind: [float(p.parameter.magnitude) for p in points if p.kind == kind]
    for kind, points in (
        ("hopf", branch.special), ("fold", branch.special), ("fold of cycles", cycles.special),
    )
}  # fmt: skip
report.send(
    equilibria=len(branch),
    cycles=sum(map(len, cycles.pieces)),
    stable=stable,
    ended=[piece.ended[-1] for piece in cycles.pieces],
    **diagram_facts(which, places["hopf"], places["fold"], places["fold of cycles"]),
)
