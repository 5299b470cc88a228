"""Messages of recordings, of inputs as text, and of saved runs."""

import sys
from contextlib import chdir
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

import numpy as np

from excitable.interop import load, parse_input, read_current


def with_files(call):
    """Run a case in a folder of its own, so that names in messages are short and fixed."""

    def case():
        with TemporaryDirectory() as folder, chdir(folder):
            ramp = np.arange(6.0)
            np.savez("cell.npz", I_pA=ramp.reshape(2, 3), J_pA=ramp, V_mV=ramp, dt_ms=0.1)
            np.savez("rows.npz", I_pA=ramp.reshape(2, 3), dt_ms=0.1)
            np.savez("alone.npz", I_pA=ramp)
            np.save("plain.npy", ramp)
            np.save("objects.npy", np.array([{}], dtype=object), allow_pickle=True)
            np.savez("empty.npz", note="nothing else")
            Path("cut.npz").write_bytes(Path("cell.npz").read_bytes()[:200])
            Path("cut.abf").write_bytes(b"ABF2" + bytes(20))
            Path("cut.nc").write_bytes(b"\x89HDF\r\n\x1a\n" + bytes(20))
            Path("nan.csv").write_text("t_ms,I_pA\n0,1\n0.1,nan\n0.2,nan\n")
            Path("uneven.csv").write_text("t_ms,I_pA\n0,1\n0.1,2\n0.5,3\n")
            Path("cell.csv").write_text("I_pA,V_mV\n1,2\n3,x\n")
            Path("ragged.csv").write_text("I_pA,V_mV\n1,2\n3\n")
            Path("names.csv").write_text("I_pA,V_mV\n")
            Path("bytes.csv").write_bytes(bytes(range(128, 256)))
            Path("nothing.csv").write_text("")
            Path("cell.xyz").write_text("1")
            Path("folder").mkdir()
            call()

    return case


def without(module, call):
    def case():
        with mock.patch.dict(sys.modules, {module: None}):
            call()

    return case


_FILES = [
    ("recording: no such file", lambda: read_current("no.csv")),
    ("recording: a folder", lambda: read_current("folder")),
    ("recording: unknown kind", lambda: read_current("cell.xyz")),
    ("recording: empty", lambda: read_current("nothing.csv")),
    ("recording: truncated NPZ", lambda: read_current("cut.npz")),
    ("recording: truncated ABF", lambda: read_current("cut.abf")),
    ("recording: Python objects", lambda: read_current("objects.npy")),
    ("recording: no numbers", lambda: read_current("empty.npz")),
    ("recording: not text", lambda: read_current("bytes.csv")),
    ("recording: names only", lambda: read_current("names.csv")),
    ("recording: not a number", lambda: read_current("cell.csv")),
    ("recording: a short line", lambda: read_current("ragged.csv")),
    ("recording: NaN", lambda: read_current("nan.csv")),
    ("recording: uneven times", lambda: read_current("uneven.csv")),
    ("recording: several currents", lambda: read_current("cell.npz")),
    ("recording: several rows", lambda: read_current("rows.npz")),
    ("recording: no such key", lambda: read_current("cell.npz", "K_pA")),
    ("recording: no such row", lambda: read_current("rows.npz", row=5)),
    ("recording: not a row", lambda: read_current("rows.npz", row=0.5)),
    ("recording: no unit", lambda: read_current("plain.npy", dt="0.1 ms")),
    ("recording: no interval", lambda: read_current("alone.npz")),
    ("recording: two units", lambda: read_current("cell.npz", "J_pA", unit="nA")),
    ("recording: two intervals", lambda: read_current("cell.npz", "J_pA", dt="0.2 ms")),
    ("recording: interval zero", lambda: read_current("alone.npz", dt="0 ms")),
    ("recording: pyabf is missing", without("pyabf", lambda: read_current("cut.abf"))),
    ("saved run: no such file", lambda: load("no.nc")),
    ("saved run: a folder", lambda: load("folder")),
    ("saved run: of another kind", lambda: load("cell.npz")),
    ("input: not a name", lambda: parse_input("300 pA")),
    ("input: unknown stimulus", lambda: parse_input("I=stepp(300 pA)")),
    ("input: unknown argument", lambda: parse_input("I=step(300 pA, begin=3 ms)")),
    ("input: an open bracket", lambda: parse_input("I=step(300 pA")),
    ("input: something left", lambda: parse_input("I=step(300 pA) and more")),
    ("input: no value", lambda: parse_input("I=step(1 pA) + ")),
    ("input: brackets", lambda: parse_input("I=" + "(" * 30 + "1 pA" + ")" * 30)),
    ("input: too long", lambda: parse_input("I=1 pA" + " + 1 pA" * 500)),
    ("input: unknown option", lambda: parse_input("I=plain.npy,unit=pA,rate=3kHz")),
    ("input: no key", lambda: parse_input("I=plain.npy::")),
]
CASES = [(name, with_files(call)) for name, call in _FILES]
