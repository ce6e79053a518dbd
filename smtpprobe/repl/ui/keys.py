"""What each key does; the keys not named here are prompt_toolkit's emacs or vi set."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prompt_toolkit.filters import Condition, has_completions, has_focus, is_searching
from prompt_toolkit.key_binding import KeyBindings
from prompt_toolkit.keys import Keys

from smtpprobe.repl.commands.settings import next_detail
from smtpprobe.repl.ui import paste
from smtpprobe.repl.ui.full import FullFace
from smtpprobe.repl.ui.interface import NoAnswer, Shape

if TYPE_CHECKING:
    from prompt_toolkit.key_binding.key_processor import KeyPressEvent


def bindings(face: FullFace) -> KeyBindings:
    """Return the key bindings of the full prompt."""
    keys = KeyBindings()
    typing = has_focus(face.buffer)
    _bind_entering(keys, face, typing)
    _bind_choosing(keys, face, typing)
    _bind_stopping(keys, face, typing)
    _bind_helping(keys, face, typing)
    _bind_questions(keys, face, typing)
    return keys


def _bind_entering(keys: KeyBindings, face: FullFace, typing: Condition) -> None:
    one_line = Condition(lambda: face.shape is not Shape.LINES)
    no_letters = Condition(lambda: face.aside is None or not face.aside.letters)
    ghosted = Condition(lambda: bool(face.ghost()))

    @keys.add("enter", filter=typing & one_line & no_letters)
    def _(_event: KeyPressEvent) -> None:
        face.enter()

    @keys.add("enter", filter=typing & ~one_line)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.insert_text("\n")

    for name in ("right", "c-e", "c-f"):

        @keys.add(name, filter=typing & ghosted)
        def _(_event: KeyPressEvent) -> None:
            face.given.accept(face.ghost())

    @keys.add(">", filter=typing & Condition(lambda: face.given.closes))
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cursor_right()

    @keys.add(Keys.BracketedPaste, filter=typing)
    def _(event: KeyPressEvent) -> None:
        paste.pasted(face, event.data)


def _bind_choosing(keys: KeyBindings, face: FullFace, typing: Condition) -> None:
    in_body = Condition(lambda: face.in_body)
    asked = Condition(lambda: face.aside is not None)
    no_letters = Condition(lambda: face.aside is None or not face.aside.letters)

    @keys.add("tab", filter=typing & no_letters)
    def _(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state is not None:
            buffer.complete_next()
        elif face.aside is None or face.in_local_prompt:
            face.given.complete()

    @keys.add("escape", filter=typing & has_completions, eager=True)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.cancel_completion()

    @keys.add("s-tab", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.current_buffer.complete_previous()

    for name in ("up", "down", "c-p", "c-n", "c-r", "c-s"):

        @keys.add(name, filter=typing & (in_body | asked), eager=True)
        def _(_event: KeyPressEvent) -> None:
            """History holds commands; message text and answers have none."""


def _bind_stopping(keys: KeyBindings, face: FullFace, typing: Condition) -> None:
    no_text = Condition(lambda: not face.buffer.text)

    @keys.add("c-c", filter=typing)
    @keys.add("<sigint>", filter=Condition(lambda: not face.is_away))
    def _(_event: KeyPressEvent) -> None:
        interrupt(face)

    @keys.add("c-d", filter=typing & no_text)
    def _(_event: KeyPressEvent) -> None:
        if face.shape is Shape.LINES:
            face.asides.answer("")
        elif face.aside is not None:
            face.asides.answer(NoAnswer.DROPPED)
        else:
            face.session.exit_keys.end_of_input()

    @keys.add("c-d", filter=typing & Condition(lambda: face.shape is Shape.LINES))
    def _(_event: KeyPressEvent) -> None:
        face.asides.answer(face.buffer.text)

    @keys.add("c-z", filter=typing)
    def _(event: KeyPressEvent) -> None:
        event.app.suspend_to_background()

    @keys.add("c-l")
    def _(event: KeyPressEvent) -> None:
        event.app.renderer.clear()


def interrupt(face: FullFace) -> None:
    """Ctrl-C: give a question up, drop the line, or stop what is waited for."""
    if face.aside is not None:
        face.asides.answer(NoAnswer.DROPPED)
    elif face.buffer.complete_state is not None:
        face.buffer.cancel_completion()
    elif face.buffer.text:
        face.buffer.reset()
    else:
        face.session.exit_keys.interrupt()


def _bind_helping(keys: KeyBindings, face: FullFace, typing: Condition) -> None:
    @keys.add("c-]", eager=True, filter=~is_searching)
    @keys.add("f10")
    def _(_event: KeyPressEvent) -> None:
        face.open_local()

    @keys.add("f1", filter=typing)
    def _(_event: KeyPressEvent) -> None:
        face.input.run_local(":help")

    @keys.add("f2", filter=typing)
    def _(_event: KeyPressEvent) -> None:
        next_detail(face.session)

    @keys.add("c-x", "c-e", filter=typing)
    def _(_event: KeyPressEvent) -> None:
        face.input.edit_line()


def _bind_questions(keys: KeyBindings, face: FullFace, typing: Condition) -> None:
    lettered = Condition(lambda: face.aside is not None and bool(face.aside.letters))

    @keys.add(Keys.Any, filter=typing & lettered)
    def _(event: KeyPressEvent) -> None:
        aside = face.aside
        if aside is not None and event.data and event.data.lower() in aside.letters:
            face.asides.answer(event.data.lower())

    @keys.add("enter", filter=typing & lettered)
    def _(_event: KeyPressEvent) -> None:
        """Nothing is chosen by accident."""

    @keys.add("escape", filter=typing & Condition(lambda: face.aside is not None))
    def _(_event: KeyPressEvent) -> None:
        face.asides.answer(NoAnswer.DROPPED)
