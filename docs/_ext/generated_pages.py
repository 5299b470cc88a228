"""Write the pages that are derived from the package: one for each model, and the help texts."""

from pathlib import Path

from typer.testing import CliRunner

import excitable as ex
from excitable import units
from excitable.cli import app
from excitable.errors import ExcitableError
from excitable.plotting import save_figure

COMMANDS = (
    "",
    "run",
    "gates",
    "fi",
    "phase",
    "bifurcation",
    "classify",
    "response",
    "spikes",
    "demo",
    "models",
    "show",
    "bench",
)
ENOUGH_SPIKES = 4
FAR = 30.0


def setup(sphinx):
    """Tell Sphinx to write the pages before it reads any."""
    sphinx.connect("builder-inited", lambda sphinx: write_all(Path(sphinx.srcdir) / "generated"))
    return {"parallel_read_safe": True}


def write_all(folder):
    """Write every derived page, leaving those alone that did not change."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    for command in COMMANDS:
        name = f"help-{command}.txt" if command else "help.txt"
        write(folder / name, help_text(command))
    for name in sorted(ex.models.__all__):
        if name[0].isupper():
            write(folder / "models" / f"{name}.md", model_page(getattr(ex.models, name), folder))


def write(path, text):
    """Write a page if it differs, so that an unchanged one is not built again."""
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def help_text(command):
    """What ``excitable COMMAND --help`` prints."""
    arguments = [command, "--help"] if command else ["--help"]
    result = CliRunner().invoke(app, arguments, terminal_width=96)
    if result.exit_code != 0:
        raise RuntimeError(result.output)
    return result.output


def model_page(model, folder):
    """The page of one model: equations and parameters as notebooks show them, presets, a run."""
    parts = [f"# {model.name}", f"```{{raw}} html\n{model._repr_html_()}\n```"]
    rows = ["| name | unit | what it is |", "| --- | --- | --- |"]
    rows += [f"| `{name}` | {s.unit} | {s.description} |" for name, s in model.states.items()]
    parts += ["## States", "\n".join(rows)]
    if model.presets:
        parts += ["## Presets", preset_table(model)]
    picture = draw(model, folder / "models" / f"{model.name}.svg")
    if picture:
        parts += ["## A run", picture]
    return "\n\n".join(parts) + "\n"


def preset_table(model):
    """What each preset changes."""
    rows = ["| preset | values |", "| --- | --- |"]
    for name, values in model.presets.items():
        listed = ", ".join(
            f"`{key}` = {value.magnitude:.6g} {units.unit_text(value)}".strip()
            for key, value in values.items()
        )
        rows.append(f"| `{name}` | {listed} |")
    return "\n".join(rows)


def draw(model, path):
    """Draw a run under the first round amplitude that makes the model fire a few times.

    A slow model fires less often; then the run with the most spikes is drawn, of amplitudes up to
    where it is blocked. One that fires none by its nature is shown following a step of 1.
    """
    silent = model.system.threshold is None
    most, first = (0, None, ""), None
    for amplitude in (digit * 10.0**power for power in range(-2, 5) for digit in (1, 2, 5)):
        if (first and amplitude > FAR * first) or (silent and amplitude < 1):
            continue
        run, text = step_response(model, amplitude)
        if run is None:
            return ""
        if silent or run.spikes.count > most[0]:
            first = first or amplitude
            most = run.spikes.count, run, text
        if silent or run.spikes.count >= ENOUGH_SPIKES:
            break
    _, run, text = most
    if run is None:
        return ""
    save_figure(run.plot(), path)
    return f"![{model.name} under a step of {text}]({path.name})\n\nA step of {text}."


def step_response(model, amplitude):
    """Return a run under a step, and the step in words; no run if it cannot be made."""
    name, given = next(iter(model.inputs.items()))
    text = f"{amplitude:g} {given.unit}".strip()
    stimulus = ex.step(text if given.unit else amplitude, start="50 ms", stop="250 ms")
    try:
        return ex.simulate(model, "300 ms", **{name: stimulus}), text
    except ExcitableError:
        return None, text
