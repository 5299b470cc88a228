"""The bifurcation diagram of a model over its current in AUTO-07p.

Argument: "hodgkin_huxley" or "planar". The equations are written in Fortran and compiled in a
folder of their own, which the first of two times counts, from the start of the process.
"""

import contextlib
import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from frame import Report, cpu_seconds, diagram_facts
from peers.install import auto_folder

GIVEN = dict(os.environ)
home = auto_folder()
assert home is not None
# Threads of its own make it slower here.
os.environ |= {"AUTO_DIR": str(home), "OMP_NUM_THREADS": "1"}
sys.path.insert(0, str(home / "python"))
import auto  # noqa: E402

EQUATIONS = {
    "hodgkin_huxley": """
  am = ratio(-(u(1) + 40d0)/10d0)
  bm = 4d0*exp(-(u(1) + 65d0)/18d0)
  ah = 0.07d0*exp(-(u(1) + 65d0)/20d0)
  bh = 1d0/(1d0 + exp(-(u(1) + 35d0)/10d0))
  an = 0.1d0*ratio(-(u(1) + 55d0)/10d0)
  bn = 0.125d0*exp(-(u(1) + 65d0)/80d0)
  f(1) = par(1) + 120d0*u(2)**3*u(3)*(50d0 - u(1)) + 36d0*u(4)**4*(-77d0 - u(1)) &
    + 0.3d0*(-54.387d0 - u(1))
  f(2) = am - (am + bm)*u(2)
  f(3) = ah - (ah + bh)*u(3)
  f(4) = an - (an + bn)*u(4)
""",
    "planar": """
  f(1) = par(1) - 8d0*(u(1) + 80d0) - 20d0/(1d0 + exp((-20d0 - u(1))/15d0))*(u(1) - 60d0) &
    - 10d0*u(2)*(u(1) + 90d0)
  f(2) = 1d0/(1d0 + exp((-25d0 - u(1))/5d0)) - u(2)
""",
}
REST = {
    "hodgkin_huxley": (-64.9963793311920574, 0.0529550868130081, 0.595994124739864, 0.317732399761),
    "planar": (-65.9529512632311043, 0.000277173341915863),
}
FORTRAN = """subroutine func(ndim, u, icp, par, ijac, f, dfdu, dfdp)
  implicit none
  integer, intent(in) :: ndim, icp(*), ijac
  double precision, intent(in) :: u(ndim), par(*)
  double precision, intent(out) :: f(ndim)
  double precision, intent(inout) :: dfdu(ndim, ndim), dfdp(ndim, *)
  double precision am, bm, ah, bh, an, bn
{equations}
contains
  double precision function ratio(x)
    double precision, intent(in) :: x
    if (abs(x) < 1d-6) then
      ratio = 1d0 - x/2d0
    else
      ratio = x/(exp(x) - 1d0)
    end if
  end function
end subroutine
subroutine stpnt(ndim, u, par, t)
  implicit none
  integer, intent(in) :: ndim
  double precision, intent(inout) :: u(ndim), par(*)
  double precision, intent(in) :: t
  par(1) = 0d0
  u = (/ {rest} /)
end subroutine
subroutine bcnd
end subroutine
subroutine icnd
end subroutine
subroutine fopt
end subroutine
subroutine pvls
end subroutine
"""
CLOSE = {"EPSL": 1e-9, "EPSU": 1e-9, "EPSS": 1e-8}


def diagram(which: str):
    """Equilibria and the cycles from the first Hopf point, on a mesh like ours.

    With longer steps than 0.5 it passes over Hopf points.
    """
    low, high = (-2000.0, 210.0) if which == "planar" else (0.0, 200.0)
    start = auto.load(
        e="model", NDIM=len(REST[which]), IPS=1, ICP=[1, 11], ISP=2, ILP=1,
        DS=0.1, DSMIN=1e-6, DSMAX=0.5, NMX=5000, NPR=5000, RL0=low, RL1=high,
        UZSTOP={1: high}, SP=[], IRS=0, **CLOSE,
    )  # fmt: skip
    equilibria = auto.run(start)
    # Far from any fold the period of 386 ms is that at which ours names the SNIC.
    end = {"UZSTOP": {11: 386.0}} if which == "planar" else {"SP": ["BP1"], "UZSTOP": {}}
    cycles = auto.run(
        equilibria("HB1"), IPS=2, ICP=[1, 11], ISP=2, NTST=60, NCOL=5, IAD=3, DS=0.1,
        DSMIN=1e-6, DSMAX=5.0, NMX=2000, NPR=2000, RL0=0.0, RL1=high, **end, **CLOSE,
    )  # fmt: skip
    return equilibria, cycles


def version() -> str:
    """Version of Debian's package; AUTO-07p does not tell its own."""
    if not shutil.which("dpkg-query") or "AUTO_DIR" in GIVEN:
        return ""
    asked = ("dpkg-query", "-W", "-f=${Version}", "auto-07p")
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout


def main(which: str) -> None:
    """Compile, carry out twice, report."""
    rest = ", ".join(repr(value).replace("e", "d") + ("" if "e" in repr(value) else "d0")
                     for value in REST[which])  # fmt: skip
    report = Report(version())
    with tempfile.TemporaryDirectory(prefix="excitable-auto-") as folder:
        os.chdir(folder)
        Path("model.f90").write_text(
            FORTRAN.format(equations=EQUATIONS[which].strip("\n"), rest=rest), "utf-8"
        )
        with contextlib.redirect_stdout(io.StringIO()):
            diagram(which)
            wall = time.time() - float(os.environ.get("BENCHMARK_STARTED", "nan"))
            report.add("result", wall, cpu_seconds())
            wall, cpu = time.perf_counter(), cpu_seconds()
            equilibria, cycles = diagram(which)
            # Its work is done by processes of its own.
            report.add("run", time.perf_counter() - wall, cpu_seconds() - cpu)
        hopf = sorted(point.PAR(1) for point in equilibria("HB"))
        folds = [point.PAR(1) for point in equilibria("LP")]
        turning = [point.PAR(1) for point in cycles("LP")]
        report.send(
            equilibria=sum(map(len, equilibria)),
            cycles=sum(map(len, cycles)),
            **diagram_facts(which, hopf, sorted(folds)[-1:], turning),
        )


main(sys.argv[1])
