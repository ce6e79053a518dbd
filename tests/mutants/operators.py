"""The mutants of a module: every small fault that one of the operators makes in a function.

A mutant is made in a function's body, and can be looked up by its number again: the same source
gives the same list. Left out are what no test of ours should hold: docstrings, annotations,
assertions of what cannot be, the wording of messages; and tables, which are outside functions.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Change = Callable[[ast.AST], ast.AST]

OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,), ast.NotIn: (ast.In,),
}  # fmt: skip

OTHER_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip

OTHER_CALLS = {
    "any": "all", "all": "any", "min": "max", "max": "min", "lower": "upper", "upper": "lower",
    "startswith": "endswith", "endswith": "startswith", "strip": "rstrip", "lstrip": "rstrip",
    "rstrip": "lstrip", "partition": "rpartition", "rpartition": "partition",
    "removeprefix": "removesuffix", "removesuffix": "removeprefix", "search": "match",
}  # fmt: skip


@dataclass(frozen=True)
class Mutant:
    """One fault. `function` is the outermost function by its qualified name and first line."""

    function: str
    first_line: int
    line: int
    column: int
    what: str
    path: tuple[tuple[str, int], ...]
    change: Change

    @property
    def key(self) -> str:
        """How it is called in lists: steady as long as the function is."""
        return f"{self.function}:{self.line - self.first_line}:{self.column}:{self.what}"


def mutants(source: str) -> list[Mutant]:
    """Return all mutants of a module, in the order of its lines."""
    return [
        Mutant(name, first, *at, what, path, change)
        for function, name, first, _ in functions_in(source)
        for at, what, path, change in _within(function.body, (), "body")
    ]


def mutated(source: str, mutant: Mutant) -> ast.Module:
    """Return the module with the fault in it."""
    tree = ast.parse(source)
    function = next(
        one
        for one, name in _functions(tree, "")
        if name == mutant.function and _first_line(one) == mutant.first_line
    )
    owner: ast.AST = function
    *way, (field, at) = mutant.path
    for name, number in way:
        value = getattr(owner, name)
        owner = value[number] if number >= 0 else value
    value = getattr(owner, field)
    if at >= 0:
        value[at] = _placed(value[at], mutant.change)
    else:
        setattr(owner, field, _placed(value, mutant.change))
    return ast.fix_missing_locations(tree)


def _placed(node: ast.AST, change: Change) -> ast.AST:
    return ast.copy_location(change(copy.deepcopy(node)), node)


Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_in(source: str) -> list[tuple[Function, str, int, int]]:
    """Return the outermost functions of a module: name, first line (decorators too), last line."""
    return [
        (one, name, _first_line(one), one.end_lineno or one.lineno)
        for one, name in _functions(ast.parse(source), "")
    ]


def _first_line(function: Function) -> int:
    return min([function.lineno, *(one.lineno for one in function.decorator_list)])


def _functions(tree: ast.AST, prefix: str) -> Iterator[tuple[Function, str]]:
    """Yield the outermost functions, those of classes too, by their qualified names."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                yield node, f"{prefix}{node.name}"
            case ast.ClassDef():
                yield from _functions(node, f"{prefix}{node.name}.")
            case ast.If() | ast.Try() | ast.With():
                yield from _functions(node, prefix)


At = tuple[int, int]
Found = tuple[At, str, tuple[tuple[str, int], ...], Change]


def _within(
    nodes: list[ast.stmt], path: tuple[tuple[str, int], ...], field: str
) -> Iterator[Found]:
    for number, node in enumerate(nodes):
        here = (*path, (field, number))
        if _left_out(node):
            continue
        yield from _of_statement(node, here)
        yield from _below(node, here)


def _below(node: ast.AST, path: tuple[tuple[str, int], ...]) -> Iterator[Found]:
    """Yield the mutants of what a node holds."""
    for name, value in ast.iter_fields(node):
        if name in ("annotation", "returns", "decorator_list", "type_comment", "format_spec"):
            continue
        if isinstance(node, ast.arguments) and name in ("defaults", "kw_defaults"):
            continue
        if isinstance(value, list):
            if value and isinstance(value[0], ast.stmt):
                yield from _within(value, path, name)
                continue
            for number, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield from _of_node(one, (*path, (name, number)))
        elif isinstance(value, ast.AST):
            yield from _of_node(value, (*path, (name, -1)))


def _of_node(node: ast.AST, path: tuple[tuple[str, int], ...]) -> Iterator[Found]:
    for what, change in _changes(node):
        yield _place(node), what, path, change
    if not isinstance(node, ast.JoinedStr):  # a text for people
        yield from _below(node, path)


def _place(node: ast.AST) -> At:
    """Return the line and the column of a node; parts of some have none of their own."""
    if isinstance(node, ast.comprehension):
        node = node.target
    if isinstance(node, ast.match_case):
        node = node.pattern
    return getattr(node, "lineno", 0), getattr(node, "col_offset", 0)


def _left_out(node: ast.stmt) -> bool:
    match node:
        case ast.Expr(value=ast.Constant()) | ast.Assert() | ast.Import() | ast.ImportFrom():
            return True
        case ast.Raise(exc=ast.Call(func=ast.Name(id="AssertionError"))):
            return True
        case ast.Expr(value=ast.Call(func=ast.Name(id="assert_never"))):
            return True
        case (
            ast.Pass() | ast.Global() | ast.Nonlocal() | ast.ClassDef() | ast.AnnAssign(value=None)
        ):
            return True
    return False


def _of_statement(node: ast.stmt, path: tuple[tuple[str, int], ...]) -> Iterator[Found]:
    line = _place(node)
    match node:
        case ast.If() | ast.While():
            yield line, "the condition turned round", path, _negated
        # to most of those who ask, False, "" and None are the same: what says yes is seen
        case ast.Return(value=ast.Constant(value="")):
            yield line, "returns a text", path, _made(ast.Return(ast.Constant("XX")))
        case ast.Return(value=value) if value is not None and not _says_no(value):
            yield line, "returns None", path, _made(ast.Return(ast.Constant(None)))
        case ast.Expr(value=ast.Call() | ast.Await() | ast.Yield() | ast.YieldFrom()):
            yield line, "the statement left out", path, _kept_names
        case ast.Continue():
            yield line, "continue made break", path, _made(ast.Break())
        case ast.Break():
            yield line, "break made continue", path, _made(ast.Continue())
        case ast.AugAssign(op=op) if type(op) in OTHER_ARITHMETIC:
            other = OTHER_ARITHMETIC[type(op)]
            yield line, f"{type(op).__name__}= made {other.__name__}=", path, _with(op=other())


def _changes(node: ast.AST) -> Iterator[tuple[str, Change]]:
    yield from _of_logic(node)
    yield from _of_constants(node)
    yield from _of_calls(node)


def _of_logic(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Compare(ops=[op]):
            for other in OTHER_COMPARISONS[type(op)]:
                yield f"{type(op).__name__} made {other.__name__}", _with(ops=[other()])
        case ast.BoolOp(op=op, values=values):
            other_op = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield f"{type(op).__name__} made {type(other_op).__name__}", _with(op=other_op)
            for number in range(len(values)):
                yield f"operand {number + 1} left out", _without(number)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            yield "not left out", _made(operand)
        case ast.BinOp(op=op, left=left) if type(op) in OTHER_ARITHMETIC and not _textual(left):
            arithmetic = OTHER_ARITHMETIC[type(op)]
            yield f"{type(op).__name__} made {arithmetic.__name__}", _with(op=arithmetic())
        case ast.IfExp():
            yield "the condition turned round", _negated
        case ast.comprehension(ifs=[_, *_]):
            yield "its if left out", _with(ifs=[])
        case ast.match_case(guard=guard) if guard is not None:
            yield "its guard left out", _with(guard=None)


def _of_constants(node: ast.AST) -> Iterator[tuple[str, Change]]:
    """Yield the changes of values; a text with a blank in it is for people."""
    match node:
        case ast.Constant(value=bool(value)):
            yield f"{value} made {not value}", _with(value=not value)
        case ast.Constant(value=int(value)):
            yield f"{value} made {value + 1}", _with(value=value + 1)
        case ast.Constant(value=str(value)) if value and " " not in value:
            yield f"{value!r} made another", _with(value=f"{value}XX")
        case ast.Constant(value=bytes(value)) if value and b" " not in value:
            yield f"{value!r} made another", _with(value=value + b"XX")


def _of_calls(node: ast.AST) -> Iterator[tuple[str, Change]]:
    match node:
        case ast.Call(func=ast.Name(id=name)) if name in OTHER_CALLS:
            func: ast.expr = ast.Name(OTHER_CALLS[name], ast.Load())
        case ast.Call(func=ast.Attribute(attr=name, value=value)) if name in OTHER_CALLS:
            func = ast.Attribute(value, OTHER_CALLS[name], ast.Load())
        case _:
            return
    yield f"{name} made {OTHER_CALLS[name]}", _with(func=func)


def _made(other: ast.AST) -> Change:
    def change(_: ast.AST) -> ast.AST:
        return other

    return change


def _with(**fields: object) -> Change:
    def change(node: ast.AST) -> ast.AST:
        for name, value in fields.items():
            setattr(node, name, value)
        return node

    return change


def _without(number: int) -> Change:
    def change(node: ast.AST) -> ast.AST:
        assert isinstance(node, ast.BoolOp)
        del node.values[number]
        return node.values[0] if len(node.values) == 1 else node

    return change


def _negated(node: ast.AST) -> ast.AST:
    assert isinstance(node, ast.If | ast.While | ast.IfExp)
    node.test = ast.copy_location(ast.UnaryOp(ast.Not(), node.test), node.test)
    return node


def _kept_names(node: ast.AST) -> ast.AST:
    """Return a statement that does nothing, and closes over the same names."""
    assert isinstance(node, ast.Expr)
    return ast.If(ast.Constant(value=False), [node], [])


def _says_no(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and (node.value is None or node.value is False)


def _textual(node: ast.expr) -> bool:
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
