"""Completion for bash 3.2 and newer, without bash-completion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from smtpprobe.cli.completion.case_branches import value_cases, word_cases
from smtpprobe.cli.completion.model import Command, Kind, Value

_SCRIPT = """\
# bash completion of smtpprobe; to have it: eval "$(smtpprobe --print-completion bash)"

_smtpprobe_offer() {{
    local found
    while IFS= read -r found; do COMPREPLY+=("$found"); done < <(compgen "$@")
}}

_smtpprobe_files() {{
    compopt -o filenames 2>/dev/null
    _smtpprobe_offer -f -- "$1"
}}

_smtpprobe() {{
    local cur=${{COMP_WORDS[COMP_CWORD]}} before=$((COMP_CWORD - 1)) at command= option= depth=1
    COMPREPLY=()
    # bash takes the = of --option=value for a separate word
    if [[ $cur == = ]]; then cur=; elif [[ ${{COMP_WORDS[before]}} == = ]]; then ((before--)); fi
    if ((COMP_CWORD > 1)); then
        case ${{COMP_WORDS[1]}} in {names}) command=${{COMP_WORDS[1]}} ;; esac
    fi
    if ((COMP_CWORD > 2)); then
        at=${{COMP_WORDS[2]}}
        case "$command $at" in {nested}) command+=" $at" depth=2 ;; esac
    fi
    at=$before
    while ((at > 0)) && [[ ${{COMP_WORDS[at]}} != -?* ]]; do ((at--)); done
    if ((at > 0)); then option=${{COMP_WORDS[at]}}; fi
    if ((at == before)); then
        case "$command $option" in
{values}        esac
    fi
    if [[ $cur == -* ]]; then
        case $command in
{options}        esac
        return
    fi
    case "$command $option" in
{many}    esac
    if ((COMP_CWORD == 1)); then _smtpprobe_offer -W "{subcommands}" -- "$cur"; fi
    case "$command $((COMP_CWORD - depth))" in
{words}    esac
}}

complete -F _smtpprobe smtpprobe
"""


def bash_completion(commands: Sequence[Command]) -> str:
    """Return the completion script for bash."""
    names = [command.name for command in commands if command.depth == 1]
    options = "".join(
        f'        "{command.name}") _smtpprobe_offer -W "{_names(command)}" -- "$cur" ;;\n'
        for command in commands
    )
    return _SCRIPT.format(
        names=" | ".join(names),
        nested=" | ".join(f'"{command.name}"' for command in commands if command.depth > 1),
        subcommands=" ".join(names),
        values=_indented(value_cases(commands, _offer)),
        options=options,
        many=value_cases(commands, _offer, many=True),
        words=word_cases(commands, _offer),
    )


def _names(command: Command) -> str:
    return " ".join(name for option in command.options for name in option.names)


def _offer(value: Value) -> str:
    match value.kind:
        case Kind.ONE_OF:
            return f'_smtpprobe_offer -W "{" ".join(value.words)}" -- "$cur"'
        case Kind.FILE:
            words = f'_smtpprobe_offer -W "{" ".join(value.words)}" -- "$cur"; '
            return f'{words if value.words else ""}_smtpprobe_files "$cur"'
        case Kind.HOST:
            return '_smtpprobe_offer -A hostname -- "$cur"'
        case Kind.ANY | Kind.NOTHING:
            return ":"
        case _:
            assert_never(value.kind)


def _indented(lines: str) -> str:
    return "".join(f"    {line}\n" for line in lines.splitlines())
