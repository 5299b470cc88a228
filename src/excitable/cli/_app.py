"""The command line's frame: its commands, and what happens when something goes wrong."""

from __future__ import annotations

import os
import sys
import warnings
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any, Never

import typer
from typer.core import TyperGroup

from excitable.cli import (
    _bench,
    _bifurcation,
    _classify,
    _curves,
    _demo,
    _gates,
    _models,
    _negative,
    _phase,
    _run,
    _spikes,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAD_INPUT = 2
FAILED = 1
INTERRUPTED = 130
# What a shell reports for a program whose reader went away.
READER_GONE = 141

# Base of everything that the option parser raises about what was typed.
_UsageError: Any = typer.BadParameter.__bases__[0]


class Commands(TyperGroup):
    """The group of commands; turns every failure into one message and an exit code."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        windows_expand_args: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command and leave with its exit code."""
        code = FAILED
        with warnings.catch_warnings():
            show = warnings.showwarning
            warnings.showwarning = _shown_in_one_line(show)
            try:
                result = super().main(
                    args,
                    prog_name or "excitable",
                    complete_var,
                    standalone_mode=False,
                    windows_expand_args=windows_expand_args,
                    **extra,
                )
                code = result if isinstance(result, int) else 0
                # Written here, not at exit, where a full disk or a closed pipe could not be
                # reported.
                sys.stdout.flush()
            except BaseException as error:
                code = _report(error)
        sys.exit(code)


def _shown_in_one_line(show: Callable[..., None]) -> Callable[..., None]:
    """Return what shows a warning of the package as one line; `show` shows all others."""

    def showwarning(
        message: Warning | str, category: type[Warning], *place: Any, **more: Any
    ) -> None:
        from excitable.errors import ExcitableWarning

        if issubclass(category, ExcitableWarning):
            _say(f"warning: {' '.join(str(message).split())}", 0)
        else:
            show(message, category, *place, **more)

    return showwarning


def _report(error: BaseException) -> int:
    """Say what went wrong in one message; return the exit code."""
    if isinstance(error, SystemExit) and not _reader_gone(error):
        return error.code if isinstance(error.code, int) else FAILED
    if _reader_gone(error):
        _discard_output()
        return READER_GONE
    if isinstance(error, KeyboardInterrupt | typer.Abort):
        return _say("interrupted", INTERRUPTED)
    if isinstance(error, _UsageError):
        return _say(_usage_message(error), BAD_INPUT)
    return _report_failure(error)


def _reader_gone(error: BaseException) -> bool:
    # The option parser ends the program by itself when nobody reads its output any more.
    cause = error.__context__ if isinstance(error, SystemExit) else error
    return isinstance(cause, BrokenPipeError)


def _report_failure(error: BaseException) -> int:
    from excitable.errors import ExcitableError

    if isinstance(error, ExcitableError):
        return _say(str(error), _code(error))
    if isinstance(error, MemoryError):
        _discard_output()
        needed = " ".join(str(error).split()).rstrip(".") or "more memory is needed than is free"
        return _say(f"out of memory: {needed}. Ask for fewer neurons or samples.", BAD_INPUT)
    if isinstance(error, OSError):
        _discard_output()
        place = f"{error.filename}: " if error.filename else ""
        return _say(f"{place}{error.strerror or error}", BAD_INPUT)
    raise error


def _code(error: BaseException) -> int:
    """Tell a run that failed on its way from one that was asked for wrongly."""
    from excitable.errors import MemoryLimitError, SimulationError

    return FAILED if isinstance(error, MemoryLimitError | SimulationError) else BAD_INPUT


def _usage_message(error: Any) -> str:
    """One line for something wrong with what was typed."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "excitable"
    message = " ".join(str(error.format_message()).split())
    ended = message if message.endswith((".", "?")) else f"{message}."
    return f"{ended} See '{command} --help'."


def _say(message: str, code: int) -> int:
    try:
        typer.echo(f"excitable: {message}", err=True)
    except OSError:  # nobody listens; the exit code still tells
        pass
    return code


def _discard_output() -> None:
    """Drop what is still buffered, so that nothing complains about it while Python ends."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, sys.stdout.fileno())
    except (OSError, ValueError):  # a stream without a file, as in tests
        pass
    finally:
        os.close(nowhere)


app = typer.Typer(
    name="excitable",
    cls=Commands,
    help="Model neurons written as equations, simulated exactly.",
    epilog="Start with 'excitable demo', then 'excitable run --help'.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"excitable {import_module('excitable').__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def _start(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and leave.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


app.command("models")(_models.models)
app.command("show")(_models.show)
app.command("run")(_run.run)
app.command("gates")(_gates.gates)
app.command("fi")(_curves.fi)
app.command("phase", short_help="Print the equilibria of a model; draw its phase plane.")(
    _phase.phase
)
app.command(
    "bifurcation",
    cls=_negative.NegativeNumbers,
    short_help="Print where equilibria and limit cycles change; draw the diagram.",
)(_bifurcation.bifurcation)
app.command("classify", short_help="Print how a model begins to fire, and why.")(_classify.classify)
app.command("response", short_help="Print how a model follows sinusoidal input.")(_curves.response)
app.command("spikes", short_help="Print the statistics of the spike trains in a file.")(
    _spikes.spikes
)
app.command("demo", short_help="Make a recording and drive AdEx with its current.")(_demo.demo)
app.command("bench", short_help="Print how fast it is beside what it has to reach.")(_bench.bench)


def main() -> Never:
    """Run the command line: the entry point of ``excitable``."""
    app()
    raise SystemExit(0)
