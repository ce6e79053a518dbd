"""Completion for fish: a line for each option."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from smtpprobe.cli.completion.model import Command, Kind, Option, Value

_HEAD = """\
# fish completion of smtpprobe; to have it: smtpprobe --print-completion fish | source

function __smtpprobe_in --description 'whether the words before the cursor are of this command'
    set -l words (commandline -opc)
    set -l command ''
    if set -q words[2]; and contains -- $words[2] {names}
        set command $words[2]
    end
    if set -q words[3]; and contains -- "$command $words[3]" {nested}
        set command "$command $words[3]"
    end
    test "$command" = "$argv[1]"
end

function __smtpprobe_word --description 'whether there are N words before the cursor'
    test (count (commandline -opc)) $argv
end

function __smtpprobe_behind --description 'whether the cursor is among the values of this option'
    for word in (commandline -opc)[-1..2]
        string match -qr -- '^-.' $word; or continue
        test $word = $argv[1]
        return
    end
    false
end

complete -c smtpprobe -f
"""


def fish_completion(commands: Sequence[Command]) -> str:
    """Return the completion script for fish."""
    names = [command.name for command in commands if command.depth == 1]
    nested = [_quoted(command.name) for command in commands if command.depth > 1]
    lines = [_HEAD.format(names=" ".join(names), nested=" ".join(nested))]
    lines += [
        f"complete -c smtpprobe -n '__smtpprobe_word -eq 1' -a {command.name}"
        f" -d {_quoted(command.meaning)}\n"
        for command in commands
        if command.depth == 1
    ]
    for command in commands:
        lines += [_option(command, option) for option in command.options]
        lines += [
            _words(command, option.value, f"__smtpprobe_behind {name}")
            for option in command.options
            if option.value.many
            for name in option.names
        ]
        for number, value in enumerate(command.words, 1):
            compared = "-ge" if number == len(command.words) else "-eq"
            place = f"__smtpprobe_word {compared} {number + command.depth}"
            lines.append(_words(command, value, place))
    return "".join(lines)


def _option(command: Command, option: Option) -> str:
    names = " ".join(
        f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
    )
    value = _offer(option.value)
    return (
        f"complete -c smtpprobe -n '__smtpprobe_in \"{command.name}\"' {names}"
        f"{f' {value}' if value else ''} -d {_quoted(option.meaning)}\n"
    )


def _words(command: Command, value: Value, place: str) -> str:
    offered = _offer(value)
    if value.kind in (Kind.ANY, Kind.NOTHING):
        return ""
    condition = f'__smtpprobe_in "{command.name}"; and {place}'
    return f"complete -c smtpprobe -n '{condition}' {offered[len('-x ') :]}\n"


def _offer(value: Value) -> str:
    match value.kind:
        case Kind.ONE_OF:
            return f"-x -a {_quoted(' '.join(value.words))}"
        case Kind.FILE:
            return f"-r -F -a {_quoted(' '.join(value.words))}" if value.words else "-r -F"
        case Kind.HOST:
            return "-x -a '(__fish_print_hostnames)'"
        case Kind.ANY:
            return "-x"
        case Kind.NOTHING:
            return ""
        case _:
            assert_never(value.kind)


def _quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"
