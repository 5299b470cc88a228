"""Make one virtual environment per peer, so that the benchmarks can measure beside them.

    .venv/bin/python benchmarks/peers/install.py            all peers
    .venv/bin/python benchmarks/peers/install.py nest arbor

They stand in $EXCITABLE_PEERS, by default ~/.cache/excitable-peers. An environment that is
complete is left alone; delete its folder to make it anew. Needs pip and about 2 GB for all of
them; Brian 2 also needs a C++ compiler when it runs. AUTO-07p is no Python package: it comes from
Debian (apt-get install auto-07p gfortran) or stands, built, in $AUTO_DIR.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

PACKAGES = {
    "arbor": ("arbor",),
    "nest": ("nest-simulator",),
    "neuron": ("neuron",),
    # Brian 2.9 does not import with NumPy 2.4, which pip would choose.
    "brian2": ("brian2", "cython", "setuptools", "numpy==2.3.5"),
    "brainpy": ("brainpy", "jax[cpu]"),
    "elephant": ("elephant",),
    # AUTO-07p's Python part fails with NumPy 2 and does without any.
    "auto": (),
    # Of AllenSDK only its GLIF neuron is used; what it pins beside does not install any more.
    "allensdk": ("--no-deps", "allensdk", "numpy", "scipy", "simplejson"),
}
_MARK = "complete"


def folder() -> Path:
    """Folder of the environments."""
    chosen = os.environ.get("EXCITABLE_PEERS")
    return Path(chosen) if chosen else Path.home() / ".cache" / "excitable-peers"


def interpreter(peer: str) -> Path | None:
    """Python of a peer's environment, or None if it is not installed."""
    home = folder() / peer
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return python if (home / _MARK).exists() and python.exists() else None


def auto_folder() -> Path | None:
    """Where AUTO-07p stands, None if it or the Fortran compiler that it needs is missing."""
    home = Path(os.environ.get("AUTO_DIR", "/usr/lib/auto-07p"))
    there = (home / "python" / "auto").is_dir() and any((home / "lib").glob("*.o"))
    return home if there and shutil.which("gfortran") else None


def install(peer: str) -> bool:
    """Make the environment of one peer; return whether it is complete."""
    if interpreter(peer) is not None:
        print(f"{peer}: installed already")
        return True
    if peer == "auto" and auto_folder() is None:
        print("auto: AUTO-07p or gfortran is missing; as root: apt-get install auto-07p gfortran")
        return False
    home = folder() / peer
    print(f"{peer}: installing {' '.join(PACKAGES[peer])} into {home}", flush=True)
    venv.create(home, with_pip=True, clear=True)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if PACKAGES[peer]:
        made = subprocess.run([python, "-m", "pip", "install", "-q", *PACKAGES[peer]], check=False)
        if made.returncode:
            print(f"{peer}: pip failed; its message is above")
            return False
    (home / _MARK).touch()
    return True


def main() -> int:
    """Install the peers named on the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("peer", nargs="*", help=f"any of {', '.join(PACKAGES)}; all if none")
    peers = parser.parse_args().peer or list(PACKAGES)
    for peer in peers:
        if peer not in PACKAGES:
            parser.error(f"{peer} is no peer; known are {', '.join(PACKAGES)}")
    return 0 if all([install(peer) for peer in peers]) else 1


if __name__ == "__main__":
    sys.exit(main())
