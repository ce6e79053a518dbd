"""Which decisions read our own English: the fields that hold it, and the reader of syntax trees.

A text for people may be put better at any time, so nothing may depend on its words: what has to be
decided stands beside it as a kind. What others say (`text`, `line`, `words` of replies, logs,
scripts) is data, and read as such.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

FIELDS: Final = frozenset(
    {
        "detail",
        "details",
        "doubt",
        "doubts",
        "ended",
        "fix",
        "help",
        "helo_lost",
        "hint",
        "meaning",
        "message",
        "name_reason",
        "note",
        "notes",
        "policy_problem",
        "problem",
        "reason",
        "remark",
        "remarks",
        "remedy",
        "retried",
        "stopped",
        "summary",
        "title",
        "told",
        "trouble",
        "untold",
        "verify_message",
        "warning",
        "warnings",
        "why",
        "why_no_path",
    }
)
"""Fields and properties of records and errors that hold sentences of ours."""

CUTS: Final = frozenset(
    {
        "count",
        "endswith",
        "find",
        "index",
        "partition",
        "removeprefix",
        "removesuffix",
        "rfind",
        "rindex",
        "rpartition",
        "startswith",
    }
)
"""Methods of texts that ask for words in them, or cut them there."""

PATTERNS: Final = frozenset({"findall", "finditer", "fullmatch", "match", "search", "split", "sub"})
"""Methods of `re` and of its patterns."""

SAME: Final = frozenset({"casefold", "encode", "lower", "lstrip", "replace", "rstrip", "strip"})
"""Methods of texts that leave them prose."""

_Scope: TypeAlias = ast.Module | ast.FunctionDef | ast.AsyncFunctionDef
_ASKING = (ast.Eq, ast.NotEq, ast.In, ast.NotIn)


def text_constants(sources: Iterable[str]) -> frozenset[str]:
    """Return the names that modules give to texts, or to collections of texts (keys of tables)."""
    found: set[str] = set()
    for source in sources:
        for node in ast.parse(source).body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            if isinstance(node, ast.AnnAssign) and node.value is not None:
                targets = [node.target]
            if targets and _is_text(getattr(node, "value", None), frozenset()):
                found.update(one.id for one in targets if isinstance(one, ast.Name))
    return frozenset(found)


def decisions(source: str, constants: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield where a module's source decides something by prose: the line, and how it asks.

    `constants` are names that stand for texts.
    """
    tree = ast.parse(source)
    scopes = [one for one in ast.walk(tree) if isinstance(one, _Scope)]
    found = {hit for scope in scopes for hit in _in_scope(scope, constants)}
    yield from (f"{line}: {how}" for line, how in sorted(found))


def _in_scope(scope: _Scope, constants: frozenset[str]) -> Iterator[tuple[int, str]]:
    names = _prose_names(scope)
    for node in _within(scope):
        how = _asks(node, names, constants)
        if how:
            yield getattr(node, "lineno", 0), how


def _within(scope: _Scope) -> Iterator[ast.AST]:
    """Yield the nodes of a scope in the order of the source, without those of functions in it."""
    waiting: list[ast.AST] = [*reversed(scope.body)]
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            waiting += reversed(list(ast.iter_child_nodes(node)))


def _asks(node: ast.AST, names: frozenset[str], constants: frozenset[str]) -> str:
    """Return by what a node asks for words in prose; empty where it does not."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            parts = [left, *others]
            is_prose = any(_is_prose(one, names) for one in parts)
            if is_prose and any(_is_text(one, constants) for one in parts):
                return next((type(op).__name__ for op in ops if isinstance(op, _ASKING)), "")
        case ast.Call(func=ast.Attribute() as method, args=args):
            return _method_asks(method, args, names, constants)
        case ast.Subscript(value=value, slice=key):
            if _is_prose(key, names) and _is_text(value, constants):
                return "table"
        case ast.Match(subject=subject, cases=cases) if _is_prose(subject, names):
            patterns = (one for case in cases for one in ast.walk(case.pattern))
            if any(isinstance(one, ast.MatchValue) and _is_text(one.value, constants)
                   for one in patterns):  # fmt: skip
                return "match"
    return ""


def _method_asks(
    method: ast.Attribute, args: list[ast.expr], names: frozenset[str], constants: frozenset[str]
) -> str:
    """Return by what a call asks for words in prose; empty where it does not."""
    if method.attr in CUTS and _is_prose(method.value, names):
        return method.attr
    with_prose = any(_is_prose(one, names) for one in args)
    if method.attr in PATTERNS and with_prose:
        return f"pattern, {method.attr}"
    return (
        "table" if method.attr == "get" and with_prose and _is_text(method.value, constants) else ""
    )


def _is_prose(node: ast.expr, names: frozenset[str]) -> bool:
    """Tell whether an expression is prose, a part of it, or it in other letters."""
    match node:
        case ast.Attribute(attr=attr):
            return attr in FIELDS
        case ast.Name(id=name):
            return name in names
        case ast.Subscript(value=value):
            return _is_prose(value, names)
        case ast.Call(func=ast.Attribute(value=value, attr=attr)) if attr in SAME:
            return _is_prose(value, names)
        case ast.Call(func=ast.Name(id="str"), args=[ast.Name(id=name)]):
            return f"str({name})" in names
        case ast.BoolOp(values=values):
            return any(_is_prose(one, names) for one in values)
    return False


def _is_text(node: ast.expr | None, constants: frozenset[str]) -> bool:
    """Tell whether an expression is a text that is written there, or a collection with one."""
    match node:
        case ast.Constant(value=str() | bytes() as value):
            return bool(value)
        case ast.JoinedStr():
            return True
        case ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return any(_is_text(one, constants) for one in parts)
        case ast.Dict(keys=keys):
            return any(_is_text(one, constants) for one in keys)
        case ast.Call(func=ast.Name(id="frozenset" | "MappingProxyType"), args=[inner]):
            return _is_text(inner, constants)
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in constants
    return False


def _prose_names(scope: _Scope) -> frozenset[str]:
    """Return the names in a scope that hold prose: parameters, and what fields are given to."""
    names = set()
    for one in () if isinstance(scope, ast.Module) else (*scope.args.args, *scope.args.kwonlyargs):
        is_text = isinstance(one.annotation, ast.Name) and one.annotation.id == "str"
        if one.arg in FIELDS and is_text:
            names.add(one.arg)
    for node in _within(scope):
        known = frozenset(names)
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if _is_prose(value, known):
                names.add(name)
            case ast.NamedExpr(target=ast.Name(id=name), value=value) if _is_prose(value, known):
                names.add(name)
            case ast.For(target=ast.Name(id=name), iter=value) if _is_prose(value, known):
                names.add(name)
            case ast.comprehension(target=ast.Name(id=name), iter=value) if _is_prose(value, known):
                names.add(name)
            case ast.ExceptHandler(name=str(name)):
                names.add(f"str({name})")
            case ast.MatchClass(kwd_attrs=attrs, kwd_patterns=patterns):
                pairs = zip(attrs, patterns, strict=True)
                names.update(
                    one.name
                    for attr, one in pairs
                    if attr in FIELDS and isinstance(one, ast.MatchAs) and one.name is not None
                )
    return frozenset(names)
