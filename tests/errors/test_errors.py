"""Errors: their text, their builtin bases, and that they survive a copy to another process."""

import copy
import pickle

import pytest

from excitable import errors
from excitable.errors import EquationError, ExcitableError, UnitError, UnknownNameError

CLASSES = [
    thing
    for thing in (getattr(errors, name) for name in errors.__all__)
    if issubclass(thing, ExcitableError)
]
BUILTINS = {
    "UnitError": ValueError,
    "EquationError": ValueError,
    "ModelError": ValueError,
    "ParameterError": ValueError,
    "UndefinedStatisticError": ValueError,
    "UnknownNameError": (KeyError, AttributeError),
    "StimulusError": ValueError,
    "SchemeError": ValueError,
    "SimulationError": RuntimeError,
    "MemoryLimitError": MemoryError,
    "FileError": OSError,
    "MissingExtraError": ImportError,
}


def make(kind):
    return kind("20 has no unit", "a time is expected", "Write 20*ms", owner="LIF", name="tau_m")


@pytest.mark.parametrize("kind", CLASSES)
def test_text_has_three_parts(kind):
    assert str(make(kind)) == "LIF.tau_m: 20 has no unit; a time is expected. Write 20*ms."


@pytest.mark.parametrize("kind", CLASSES)
@pytest.mark.parametrize("repeat", [copy.copy, lambda e: pickle.loads(pickle.dumps(e))])  # noqa: S301
def test_copies_are_complete(kind, repeat):
    error = make(kind)
    error.__notes__ = ["seen in a worker"]
    again = repeat(error)
    assert type(again) is kind
    assert str(again) == str(error)
    assert (again.found, again.expected, again.write) == (error.found, error.expected, error.write)
    assert (again.owner, again.name, again.__notes__) == ("LIF", "tau_m", ["seen in a worker"])


def test_every_class_is_also_the_matching_builtin():
    assert set(BUILTINS) == {kind.__name__ for kind in CLASSES} - {"ExcitableError"}
    for name, builtin in BUILTINS.items():
        for base in builtin if isinstance(builtin, tuple) else (builtin,):
            assert issubclass(getattr(errors, name), base)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("a",), "a."),
        (("a", "b"), "a; b."),
        (("a", "", "Write c"), "a. Write c."),
        (("a.", "b.", "Write c?"), "a.; b. Write c?"),
    ],
)
def test_missing_parts_leave_no_trace(parts, text):
    assert str(ExcitableError(*parts)) == text


def test_an_unknown_name_serves_both_ways_of_asking():
    error = UnknownNameError("there is no w", "the states are v", "Write v")
    assert str(error) == "there is no w; the states are v. Write v."
    holder = type("Holder", (), {"__getattr__": lambda self, name: raises(error)})()
    assert not hasattr(holder, "w")
    with pytest.raises(KeyError):
        raises(error)


def raises(error):
    raise error


def test_caret_stands_under_the_column():
    text = "    dn/dt = a*n^4"
    error = EquationError("n^4", text=text, line=3, column=text.index("^") + 1)
    _, shown, caret = str(error).splitlines()
    assert shown.strip() == "line 3: dn/dt = a*n^4"
    assert shown[caret.index("^")] == "^"


@pytest.mark.parametrize("place", [0, 10, 87, 88, 500, 4999])
def test_long_lines_are_cut_around_the_caret(place):
    text = "x" * place + "!" + "x" * (4999 - place)
    _, shown, caret = str(UnitError("!", text=text, column=place + 1)).splitlines()
    assert shown[caret.index("^")] == "!"
    assert len(shown) < 110


@pytest.mark.parametrize("text", ["a\tb!", "a\0b!", "a\x1b[31m!", "a\u202eb!"])
def test_control_characters_are_not_shown(text):
    _, shown, caret = str(EquationError("!", text=text, column=text.index("!") + 1)).splitlines()
    assert shown.isprintable()
    assert shown[caret.index("^")] == "!"


def test_no_line_without_text():
    assert str(EquationError("a", text="", column=3)) == "a."
