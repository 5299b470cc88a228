"""An engine's text with a model's constants put in: dead branches and unused functions removed.

What a model does not have (a reset, refractoriness, noise, sinusoids) leaves no trace in its
module, which is then shorter to read and sooner compiled.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

_OPERATIONS: dict[type, Any] = {
    ast.Add: lambda a, b: a + b,
    ast.Sub: lambda a, b: a - b,
    ast.Mult: lambda a, b: a * b,
}
_COMPARISONS: dict[type, Any] = {
    ast.Gt: lambda a, b: a > b,
    ast.GtE: lambda a, b: a >= b,
    ast.Lt: lambda a, b: a < b,
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
}


def specialise(
    text: str,
    constants: Mapping[str, object],
    root: str,
    replaced: Mapping[str, str] | None = None,
) -> str:
    r"""Return a module's text for given constants.

    Parameters
    ----------
    text : str
        Functions of an engine, with the printed functions of the contract.
    constants : mapping of str to int, bool or tuple
        Values of the contract's constants.
    root : str
        The function that must remain.
    replaced : mapping of str to str, optional
        Statements to write in place of a call, by the name called.

    Returns
    -------
    str
        The same program for these constants; comments are lost, docstrings stay.

    Examples
    --------
    >>> text = "def f(x):\n    if HAS_RESET:\n        x = 0\n    return x + 2*ROWS\n"
    >>> print(specialise(text, {"HAS_RESET": False, "ROWS": 3}, "f"))
    def f(x):
        return x + 6
    """
    tree = _Splice(replaced or {}).visit(ast.parse(text))
    tree = _Fold(constants).visit(tree)
    tree.body = _reachable(tree.body, root)
    return ast.unparse(ast.fix_missing_locations(tree))


def global_names(text: str) -> set[str]:
    r"""Return the names that a module binds or imports.

    Parameters
    ----------
    text : str
        The module.

    Returns
    -------
    set of str
        Functions, constants and imported names.

    Examples
    --------
    >>> sorted(global_names("from math import pi\nK = 1\ndef f(x):\n    y = x\n"))
    ['K', 'f', 'pi']
    """
    names: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.FunctionDef):
            names.add(node.name)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


def local_names(text: str, function: str) -> set[str]:
    r"""Return the names that a function of a module binds.

    Parameters
    ----------
    text : str
        The module.
    function : str
        Name of the function.

    Returns
    -------
    set of str
        Arguments and assigned names.

    Examples
    --------
    >>> sorted(local_names("def f(x):\n    y = x", "f"))
    ['x', 'y']
    """
    tree = ast.parse(text)
    found = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == function)
    names = {argument.arg for argument in found.args.args}
    return names | {
        n.id for n in ast.walk(found) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
    }


class _Splice(ast.NodeTransformer):
    """Puts statements in place of calls."""

    def __init__(self, replaced: Mapping[str, str]) -> None:
        self.replaced = replaced

    def visit_Expr(self, node: ast.Expr) -> Any:
        call = node.value
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            text = self.replaced.get(call.func.id)
            if text is not None:
                return ast.parse(text).body
        return node


class _Fold(ast.NodeTransformer):
    def __init__(self, constants: Mapping[str, object]) -> None:
        self.constants = dict(constants)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        if isinstance(node.ctx, ast.Load) and node.id in self.constants:
            value = self.constants[node.id]
            if isinstance(value, bool | int):
                return ast.copy_location(ast.Constant(value), node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.AST:
        self.generic_visit(node)
        # Constants that an engine derives from the contract's.
        target = node.targets[0]
        if (
            node.col_offset == 0
            and isinstance(target, ast.Name)
            and isinstance(node.value, ast.Constant)
            and isinstance(node.value.value, int)
        ):
            self.constants[target.id] = node.value.value
        return node

    def visit_BinOp(self, node: ast.BinOp) -> ast.AST:
        self.generic_visit(node)
        a, b = _number(node.left), _number(node.right)
        operation = _OPERATIONS.get(type(node.op))
        if operation is not None and a is not None and b is not None:
            return ast.copy_location(ast.Constant(operation(a, b)), node)
        if isinstance(node.op, ast.Add):
            if a == 0 and isinstance(a, int):
                return node.right
            if b == 0 and isinstance(b, int):
                return node.left
        return node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.AST:
        self.generic_visit(node)
        decisive = isinstance(node.op, ast.Or)
        kept: list[ast.expr] = []
        for value in node.values:
            known = _truth(value)
            if known is None:
                kept.append(value)
            elif known is decisive:
                kept.append(value)
                break
        if not kept:
            return ast.copy_location(ast.Constant(not decisive), node)
        if _truth(kept[0]) is decisive:
            return ast.copy_location(ast.Constant(decisive), node)
        node.values = kept
        return kept[0] if len(kept) == 1 else node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.AST:
        self.generic_visit(node)
        if isinstance(node.op, ast.Not):
            known = _truth(node.operand)
            if known is not None:
                return ast.copy_location(ast.Constant(not known), node)
        return node

    def visit_Compare(self, node: ast.Compare) -> ast.AST:
        self.generic_visit(node)
        if len(node.ops) == 1:
            a, b = _number(node.left), _number(node.comparators[0])
            compare = _COMPARISONS.get(type(node.ops[0]))
            if compare is not None and a is not None and b is not None:
                return ast.copy_location(ast.Constant(compare(a, b)), node)
        return node

    def visit_IfExp(self, node: ast.IfExp) -> ast.AST:
        self.generic_visit(node)
        known = _truth(node.test)
        if known is None:
            return node
        return node.body if known else node.orelse

    def visit_If(self, node: ast.If) -> Any:
        node.test = self.visit(node.test)
        known = _truth(node.test)
        if known is None:
            node.body = self._block(node.body)
            node.orelse = self._statements(node.orelse)
            return node
        return self._statements(node.body if known else node.orelse)

    def visit_For(self, node: ast.For) -> Any:
        self.generic_visit(node)
        if not node.body:
            node.body = [ast.Pass()]
        call = node.iter
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            if call.func.id == "range" and len(call.args) == 1 and _number(call.args[0]) == 0:
                return []
        return node

    def visit_While(self, node: ast.While) -> Any:
        self.generic_visit(node)
        if not node.body:
            node.body = [ast.Pass()]
        return node

    def _block(self, body: list[ast.stmt]) -> list[ast.stmt]:
        return self._statements(body) or [ast.Pass()]

    def _statements(self, body: list[ast.stmt]) -> list[ast.stmt]:
        done: list[ast.stmt] = []
        for statement in body:
            made = self.visit(statement)
            if isinstance(made, list):
                done.extend(made)
            elif made is not None:
                done.append(made)
        return done


def _number(node: ast.AST) -> int | float | None:
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else None


def _truth(node: ast.AST) -> bool | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return node.value
    return None


def _reachable(body: list[ast.stmt], root: str) -> list[ast.stmt]:
    """Keep the statements that the root needs, in their order."""
    definitions = {node.name: node for node in body if isinstance(node, ast.FunctionDef)}
    needed: set[str] = set()
    pending = [root]
    while pending:
        name = pending.pop()
        if name in needed or name not in definitions:
            continue
        needed.add(name)
        pending += [n.id for n in ast.walk(definitions[name]) if isinstance(n, ast.Name)]
    return [n for n in body if not isinstance(n, ast.FunctionDef) or n.name in needed]
