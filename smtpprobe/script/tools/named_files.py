"""The files that a dialogue names, where its tool would find them."""

from __future__ import annotations

from pathlib import Path

from smtpprobe.errors import ScriptError
from smtpprobe.script.input_file import STANDARD_INPUT, whole_octets


class Parts:
    """Reads the files that a dialogue in `file` names; all of them may have `limit` octets.

    The tool looks from the folder it is started in; so that is first, then the folder of the
    dialogue and those above it. Exim's test runner puts the folder in the place of `DIR`, and the
    name of the test in that of `TESTNUM`.
    """

    def __init__(self, file: str, limit: int) -> None:
        beside = () if file == STANDARD_INPUT else Path(file).absolute().parents
        self._folders = (Path(), *beside)
        self._number = Path(file).stem
        self._left = limit

    def __call__(self, name: str) -> str:
        """Return the text of a file.

        Raises:
            ScriptError: it cannot be read, or is too much.
        """
        put_in = name.removeprefix("DIR/").replace("TESTNUM", self._number)
        paths = [folder / one for folder in self._folders for one in (name, put_in)]
        path = next((path for path in paths if path.is_file()), None)
        if path is None:
            raise ScriptError(f"no file {name}")
        octets = whole_octets(str(path), self._left)
        self._left -= len(octets)
        return octets.decode("utf-8", "surrogateescape")
