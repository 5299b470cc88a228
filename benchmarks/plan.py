"""What is measured, beside whom, and what each figure has to reach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number of one of our programs.

    Parameters
    ----------
    name : str
        Its name in the program's report; "process" is the life of the whole process.
    what : str
        Words for the table.
    reach : float, optional
        Seconds it has to stay below.
    """

    name: str
    what: str
    reach: float | None = None


@dataclass(frozen=True)
class Peer:
    """A peer's program for the same task.

    Parameters
    ----------
    environment : str
        Name of its environment, and the ending of its program's name.
    title : str
        Words for the table.
    arguments : tuple of str
        Its command line.
    figure : str
        The figure to compare, such as "run" or "process".
    against : str
        Which of our figures it stands beside.
    """

    environment: str
    title: str
    arguments: tuple[str, ...] = ()
    figure: str = "run"
    against: str = "run"


@dataclass(frozen=True)
class Task:
    """A task, our program for it, and the peers'.

    Parameters
    ----------
    program : str
        Module in `workloads` and stem of the modules in `peers`; or a command, see `command`.
    title : str
        Words for the table.
    figures : tuple of Figure
        What is taken from our report.
    arguments : tuple of str
        Our command line.
    peers : tuple of Peer
        Who else does it.
    command : tuple of str
        Arguments of the interpreter instead of a program, for start-up times.
    cold : bool
        Whether every run gets an empty cache.
    short : bool
        Whether it belongs to the short set.
    """

    program: str
    title: str
    figures: tuple[Figure, ...]
    arguments: tuple[str, ...] = ()
    peers: tuple[Peer, ...] = ()
    command: tuple[str, ...] = ()
    cold: bool = False
    short: bool = True


def _starting(title: str, reach: float | None, *command: str) -> Task:
    return Task(title, title, (Figure("process", "process", reach),), command=command)


def _first(model: str, *, cold: bool) -> Task:
    cache = "empty cache" if cold else "warm cache"
    peers = (
        Peer("brian2", "Brian 2, C++ built anew", (model,), "process", "process"),
        Peer("nest", "NEST, its fixed model", (model,), "process", "process"),
    )
    return Task(
        "first_simulation",
        f"first simulation, {cache}, {model}",
        (
            Figure("result", "until the result is there", 3.0 if cold else 1.0),
            Figure("process", "whole process"),
        ),
        arguments=(model,),
        peers=peers if cold else (),
        cold=cold,
        short=model != "AdEx" or not cold,
    )


def _glif(seconds: int, threads: int) -> Task:
    beside = (
        Peer("nest", "NEST glif_psc, steps of 0.05 ms", (str(seconds),)),
        Peer("allensdk", "AllenSDK, 2 cells for 1 s, scaled", (str(seconds),)),
    )
    return Task(
        "glif_noise",
        f"1000 GLIF5 neurons, {seconds} s of noise at 0.05 ms, threads: {threads}",
        (Figure("run", "whole call", 0.3 * seconds if threads == 1 else None),),
        arguments=(str(seconds), str(threads)),
        peers=beside if threads == 1 else (),
        short=seconds < 10,
    )


def _diagram(which: str, title: str, *others: Peer) -> Task:
    return Task(
        "diagrams",
        f"bifurcations, {title}, warm cache",
        (
            Figure("result", "until the result is there", 3.0),
            Figure("again", "the same again"),
        ),
        arguments=(which,),
        peers=(
            Peer("auto", "AUTO-07p, equations compiled anew", (which,), "result", "result"),
            Peer("auto", "AUTO-07p, compiled before", (which,), "run", "again"),
            *others,
        ),
    )


_HODGKIN_HUXLEY = "1000 Hodgkin-Huxley neurons, 1 s"
TASKS = (
    _starting("an empty Python process", None, "-c", "pass"),
    _starting("import excitable", 0.3, "-c", "import excitable"),
    _starting("excitable --help", 0.3, "-m", "excitable", "--help"),
    *(_first(model, cold=True) for model in ("LIF", "AdEx", "HodgkinHuxley")),
    *(_first(model, cold=False) for model in ("LIF", "AdEx", "HodgkinHuxley")),
    Task(
        "lif_single",
        "one LIF neuron, 10 s, v at 0.1 ms",
        (Figure("compiled", "compiled part", 0.001), Figure("call", "whole call", 0.003)),
        peers=(
            Peer("brainpy", "BrainPy float64, compiled part", against="compiled"),
            Peer("nest", "NEST, exact steps", against="compiled"),
            Peer("brian2", "Brian 2 C++", against="compiled"),
        ),
    ),
    Task(
        "lif_many",
        "10 000 LIF neurons, 1 s, exact spike times, 1 thread",
        (Figure("run", "whole call", 0.045),),
        peers=(
            Peer("brainpy", "BrainPy float32, spikes on the grid"),
            Peer("brian2", "Brian 2 C++, spikes on the grid"),
            Peer("nest", "NEST, exact spike times"),
        ),
    ),
    Task(
        "hodgkin_huxley",
        f"{_HODGKIN_HUXLEY}, exponential Euler 0.01 ms, 1 thread",
        (Figure("run", "whole call", 1.1),),
        arguments=("exponential_euler", "1"),
        peers=(
            Peer("arbor", "Arbor, implicit Euler 0.01 ms", ("1",)),
            Peer("brian2", "Brian 2 C++, exponential Euler 0.01 ms"),
            Peer("neuron", "NEURON, implicit Euler 0.01 ms", ("1",)),
        ),
    ),
    Task(
        "hodgkin_huxley",
        f"{_HODGKIN_HUXLEY}, exponential Euler 0.01 ms, 2 threads",
        (Figure("run", "whole call"),),
        arguments=("exponential_euler", "2"),
        peers=(Peer("arbor", "Arbor, implicit Euler 0.01 ms", ("2",)),),
        short=False,
    ),
    Task(
        "hodgkin_huxley",
        f"{_HODGKIN_HUXLEY}, auto, 1 thread",
        (Figure("run", "whole call", 1.5),),
        arguments=("auto", "1"),
        peers=(Peer("nest", "NEST, adaptive within 0.1 ms"),),
    ),
    Task(
        "fi_curves",
        "f-I curve of LIF, 200 currents",
        (Figure("run", "whole call", 0.01),),
        arguments=("lif",),
        peers=(Peer("brian2", "Brian 2 C++, 1 s at 0.1 ms", ("lif",)),),
    ),
    Task(
        "fi_curves",
        "f-I curve of Hodgkin-Huxley, 200 currents, period to 1e-6",
        (Figure("run", "whole call", 1.0),),
        arguments=("hodgkin_huxley",),
        peers=(Peer("brian2", "Brian 2 C++, 1 s, exponential Euler 0.01 ms", ("hodgkin_huxley",)),),
    ),
    _diagram("hodgkin_huxley", "Hodgkin-Huxley, I to 200: equilibria, all cycles"),
    _diagram(
        "planar",
        "I_Na,p + I_K, I to 210: equilibria, all cycles",
        Peer("brainpy", "BrainPy, I to 10 in steps of 0.05", ("planar",), against="again"),
    ),
    *(_glif(seconds, threads) for seconds, threads in ((2, 1), (20, 1), (20, 2))),
    Task(
        "spike_statistics",
        "statistics of a million spikes, 1 thread",
        (
            Figure("intervals", "CV, CV2, LV", 1.0),
            Figure("psth", "PSTH", 1.0),
            Figure("counts", "interval histogram, Fano factor in four windows", 1.0),
            Figure("correlogram", "autocorrelogram, 1 ms to 100 ms", 1.0),
            Figure("spectrum", "power spectrum, 1 to 500 Hz", 1.0),
            Figure("convolution", "convolution with exp(-t/10 ms), a million samples", 1.0),
            Figure("locking", "vector strength", 1.0),
            Figure("van_rossum", "van Rossum distance of two trains", 1.0),
            Figure("gamma", "Gamma coincidence of two trains", 1.0),
            Figure("victor_purpura", "Victor-Purpura distance, 5000 spikes each", 1.0),
        ),
        peers=(
            Peer("elephant", "Elephant, CV, CV2, LV", ("intervals",), against="intervals"),
            Peer("elephant", "Elephant, PSTH", ("psth",), against="psth"),
            Peer("elephant", "Elephant, on bins of 1 ms", ("correlogram",), against="correlogram"),
            Peer("elephant", "Elephant, Welch on bins of 1 ms", ("spectrum",), against="spectrum"),
            Peer("elephant", "Elephant, van Rossum", ("van_rossum",), against="van_rossum"),
            Peer("elephant", "Elephant", ("victor_purpura",), against="victor_purpura"),
        ),
    ),
)
