"""Calls of `exprel` taken two at a time, which costs one division instead of two.

Divisions are the slowest part of a step of exponential Euler, and its relaxations do not wait for
one another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from excitable.codegen._step import Assign
from excitable.expression import Call, Expression, Symbol, free_symbols, rebuild, walk


def paired(body: Iterable[Assign], line: Callable[[Assign], str]) -> list[str]:
    """Return the lines of a step, with independent calls of `exprel` joined in pairs.

    Parameters
    ----------
    body : iterable of Assign
        In single-assignment form.
    line : callable
        Prints one assignment.

    Returns
    -------
    list of str
        The same assignments; those that need a call which waits for its partner come after it.
    """
    lines: list[str] = []
    waiting: Assign | None = None
    late: list[Assign] = []
    blocked: set[str] = set()

    def release() -> None:
        nonlocal waiting
        lines.extend(line(a) for a in late)
        waiting = None
        late.clear()
        blocked.clear()

    for assign in _separated(body):
        if free_symbols(assign.value) & blocked:
            late.append(assign)
            blocked.add(assign.target)
        elif not _is_exprel(assign.value):
            lines.append(line(assign))
        elif waiting is None:
            waiting = assign
            blocked.add(assign.target)
        else:
            left, right = line(waiting), line(assign)
            first, second = (text.partition(" = exprel(") for text in (left, right))
            lines.append(
                f"{first[0]}, {second[0]} = exprel_pair({first[2][:-1]}, {second[2][:-1]})"
            )
            release()
    if waiting is not None:
        lines.append(line(waiting))
        release()
    return lines


def _is_exprel(value: Expression) -> bool:
    return isinstance(value, Call) and value.function_name == "exprel"


def _separated(body: Iterable[Assign]) -> list[Assign]:
    """Give every call of `exprel` an assignment of its own."""
    done: list[Assign] = []
    known: dict[Expression, Expression] = {}
    for assign in body:
        for node in walk(assign.value):
            value = rebuild(node, tuple(known.get(c, c) for c in node.children))
            if _is_exprel(node) and node is not assign.value:
                name = f"_ratio{len(done)}"
                done.append(Assign(name, value))
                known[node] = Symbol(name)
            elif value is not node:
                known[node] = value
        done.append(Assign(assign.target, known.get(assign.value, assign.value)))
    return done
