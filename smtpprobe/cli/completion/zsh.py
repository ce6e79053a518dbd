"""Completion for zsh: for `eval`, or as `_smtpprobe` in a folder of $fpath."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from smtpprobe.cli.completion.case_branches import value_cases, word_cases
from smtpprobe.cli.completion.model import Command, Kind, Option, Value

_SCRIPT = """\
#compdef smtpprobe
# zsh completion of smtpprobe; behind compinit: eval "$(smtpprobe --print-completion zsh)"

_smtpprobe() {{
    local command= option= before=$((CURRENT - 1)) at depth=1
    local -a offered
    if ((CURRENT > 2)); then
        case $words[2] in {names}) command=$words[2] ;; esac
    fi
    if ((CURRENT > 3)); then
        case "$command $words[3]" in {nested}) command+=" $words[3]" depth=2 ;; esac
    fi
    at=$before
    while ((at > 1)) && [[ $words[at] != -?* ]]; do ((at--)); done
    if ((at > 1)); then option=$words[at]; fi
    if [[ $PREFIX == --*=* ]]; then
        option=${{PREFIX%%=*}} at=$before
        compset -P '*='
    fi
    if ((at == before)); then
        case "$command $option" in
{values}        esac
    fi
    if [[ $PREFIX == -* ]]; then
        case $command in
{options}        esac
        _describe -o option offered
        return
    fi
    case "$command $option" in
{many}    esac
    if ((CURRENT == 2)); then
        offered=({subcommands})
        _describe sub-command offered
    fi
    case "$command $((CURRENT - 1 - depth))" in
{words}    esac
}}

if [[ $funcstack[1] == _smtpprobe ]]; then _smtpprobe "$@"; else compdef _smtpprobe smtpprobe; fi
"""


def zsh_completion(commands: Sequence[Command]) -> str:
    """Return the completion script for zsh."""
    named = [command for command in commands if command.depth == 1]
    options = "".join(
        f'        "{command.name}") offered=({_described(command.options)}) ;;\n'
        for command in commands
    )
    return _SCRIPT.format(
        names=" | ".join(command.name for command in named),
        nested=" | ".join(f'"{command.name}"' for command in commands if command.depth > 1),
        subcommands=" ".join(_quoted(f"{one.name}:{one.meaning}") for one in named),
        values="".join(f"    {line}\n" for line in value_cases(commands, _offer).splitlines()),
        options=options,
        many=value_cases(commands, _offer, many=True),
        words=word_cases(commands, _offer),
    )


def _described(options: Sequence[Option]) -> str:
    return " ".join(
        _quoted(f"{name}:{option.meaning}") for option in options for name in option.names
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


def _offer(value: Value) -> str:
    match value.kind:
        case Kind.ONE_OF:
            return f"compadd -- {' '.join(value.words)}"
        case Kind.FILE:
            return f"compadd -- {' '.join(value.words)}; _files" if value.words else "_files"
        case Kind.HOST:
            return "_hosts"
        case Kind.ANY:
            return f"_message {_quoted(value.name)}"
        case Kind.NOTHING:
            return ":"
        case _:
            assert_never(value.kind)
