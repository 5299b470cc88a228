"""`read`: one cell, or many as one population."""

from __future__ import annotations

import warnings
from collections import Counter
from typing import TYPE_CHECKING, Any

from excitable.errors import ExcitableWarning, ParameterError
from excitable.interop.allen._config import Found, read_config
from excitable.interop.allen._levels import read_level
from excitable.interop.allen._population import build
from excitable.interop.allen._sources import Collected, collect

if TYPE_CHECKING:
    from excitable.interop.allen._cell import Cell
    from excitable.model import Model

_LISTED = 12


def read(source: Any, *, level: int | str | None = None, on_bad_reset: str = "warn") -> Model:
    """Read cells of the Allen Cell Types Database.

    Parameters
    ----------
    source : path, mapping, or list of these
        A `neuron_config.json`, bare or keyed by model id; the same as a dict; a table of levels
        (``{"GLIF1": ..., "GLIF3": ...}``) for one cell or for each; a folder, whose JSON files are
        read in the order of their names; or a list of any of these.
    level : int or str, optional
        Which level to take where a cell is given at several: 1 to 5, or a name such as ``"GLIF3"``,
        ``"LIF-R-ASC"`` or bmtk's ``"nest:glif_lif_r_asc_psc"``. Cells without it are left out of a
        population.
    on_bad_reset : str
        `"warn"` or `"raise"` where a reset lands above threshold, as in some published cells.

    Returns
    -------
    Model
        One cell, its parameters numbers; or, from a folder, a list or a table of several cells, one
        population, its parameters arrays of shape (cells,). `specimens` tells which cell is which.

    Raises
    ------
    FileError
        If a file is not JSON or not of cells; if a field is missing, of the wrong type, or of a
        size that only another unit explains.
    ParameterError
        If the level is unknown, absent, or not chosen where it must be.

    Warns
    -----
    ExcitableWarning
        If there are fields of unknown meaning (one warning for all), if a file starts away from
        rest, or if a reset lands above threshold.

    Notes
    -----
    Files are in SI units, relative to `El_reference`. The factors in `coeffs` are applied, and the
    refractory time is `spike_cut_length` steps of the file's own `dt`, whatever step a run takes.
    The methods that a file names decide the level; cells of several levels become one model of the
    smallest level that contains them, in which a part that a cell lacks is idle: f_v 0 and delta_v
    such that the reset goes to V_R, delta_s 0, a_v 0, delta_j 0. Numbers change in the last digit
    at most. f_v may lie outside 0 and 1, as it does in some published cells.
    Source: Teeter et al. (2018).

    Examples
    --------
    >>> from excitable.interop import allen
    >>> from excitable.models import GLIF3
    >>> config = allen.to_config(GLIF3(C="80 pF"))
    >>> cell = read({"485904755": config})
    >>> cell.name, str(cell["C"])
    ('GLIF3 485904755', '80.0 pF')
    """
    wanted = read_level(level)
    found = collect(source)
    return build(_chosen(found, wanted), on_bad_reset=on_bad_reset, single=found.single)


def _chosen(collected: Collected, wanted: int | None) -> list[Cell]:
    """Read what was found, at one level for each cell."""
    taken, held = [], []
    for source in collected.sources:
        # A cell filed under another level is not even read: it may be broken.
        if wanted is not None and source.level not in (None, wanted):
            held.append(source.level)
            continue
        found = read_config(source.config, source.name)
        held.append(source.level or found.cell.level)
        if wanted in (None, held[-1]):
            taken.append(found)
    filed = Counter(source.name for source in collected.sources if source.level is not None)
    if not taken or (wanted is None and any(count > 1 for count in filed.values())):
        _refuse_levels([each for each in held if each is not None], wanted)
    _warn(taken, collected.skipped)
    return [found.cell for found in taken]


def _refuse_levels(held: list[int], wanted: int | None) -> None:
    levels = sorted(set(held))
    raise ParameterError(
        "no level is chosen" if wanted is None else f"no cell of level {wanted} is there",
        f"the level{'s are' if levels[1:] else ' is'} {', '.join(map(str, levels))}",
        f"Write level={levels[0]}",
        owner="interop.allen.read",
        name="level",
    )


def _warn(taken: list[Found], skipped: list[str]) -> None:
    """Say once what was left out, and once what to know about the start."""
    unknown = Counter(key for found in taken for key in dict.fromkeys(found.unknown))
    parts = []
    if unknown:
        names = _few(list(unknown))
        cells = "" if len(taken) == 1 else f" of {max(unknown.values())} cells"
        parts.append(f"fields of unknown meaning{cells} were left out: {names}")
    if skipped:
        parts.append(f"files that are not of cells were left out: {_few(skipped)}")
    remarks = [(found.cell.name, remark) for found in taken for remark in found.remarks]
    for name, remark in remarks[:1]:
        more = f", and so for {len(remarks) - 1} other cells" if len(remarks) > 1 else ""
        parts.append(f"{name}: {remark}{more}")
    for text in parts:
        warnings.warn(f"interop.allen.read: {text}.", ExcitableWarning, stacklevel=4)


def _few(names: list[str]) -> str:
    more = len(names) - _LISTED
    return ", ".join(names[:_LISTED]) + (f" and {more} more" if more > 0 else "")
