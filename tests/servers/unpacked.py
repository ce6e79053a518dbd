"""Programs as they lie in the cache: where their libraries are, and how one is called."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.servers import fetch

PATH: Final = "/usr/sbin:/usr/bin:/sbin:/bin"


def libraries(root: Path, *private: str) -> list[Path]:
    """Return the folders where unpacked programs find unpacked libraries: none if there are none.

    `private` names folders of a program's own, by patterns; they come first.
    """
    folders = [*private, "usr/lib/*-linux-gnu*"]
    found = [folder for pattern in folders for folder in sorted(root.glob(pattern))]
    return [folder for folder in found if folder.is_dir()]


def path_to(folders: Sequence[Path]) -> dict[str, str]:
    """Return the environment that leads to libraries; an empty path would be the working folder."""
    return {"LD_LIBRARY_PATH": ":".join(map(str, folders))} if folders else {}


def environment(folders: Sequence[Path]) -> dict[str, str]:
    """Return all the environment that a server gets."""
    return {"PATH": PATH} | path_to(folders)


def perl_modules(root: Path) -> dict[str, str]:
    """Return the environment that leads to the Perl modules of a bundle."""
    found = [root / "usr/share/perl5", *sorted(root.glob("usr/lib/*-linux-gnu*/perl5/*"))]
    return {"PERL5LIB": ":".join(str(folder) for folder in found if folder.is_dir())}


def fonts(root: Path) -> dict[str, str]:
    """Return the environment that leads to the fonts of a bundle, and to no others."""
    return {"FONTCONFIG_SYSROOT": str(root)} if (root / "usr/share/fonts").is_dir() else {}


def called(name: str) -> list[str] | None:
    """Return the words a brought program is called by, or else the machine's own, or None.

    What the machine has is taken only where nothing can be brought.
    """
    if fetch.why_missing(name) is None:
        root = fetch.root_of(name)
        bundle = fetch.BUNDLES[name]
        found = path_to(libraries(root, *bundle.libraries)) | perl_modules(root) | fonts(root)
        settings = [f"{key}={value}" for key, value in found.items() if value]
        return ["env", *settings, str(fetch.proof_in(root, bundle))]
    own = shutil.which(name) if fetch.obstacle_of(name) else None
    return [own] if own else None
