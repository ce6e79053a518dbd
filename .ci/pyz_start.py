# The start of smtpprobe.pyz, written for any Python, so that a wrong one gets a line and no
# traceback. dist.py fills in the capitals. What it cannot run with, it looks for by name.
import os
import sys
import sysconfig

SUFFIXES = []
VERSIONS = []
MACHINE = ""
GLIBC = (0, 0)


def glibc():
    try:
        words = os.confstr("CS_GNU_LIBC_VERSION").split()
        return tuple(int(part) for part in words[1].split(".")[:2])
    except (AttributeError, IndexError, OSError, ValueError):
        return (0, 0)


def elsewhere():
    for folder in os.environ.get("PATH", os.defpath).split(os.pathsep):
        for version in reversed(VERSIONS):
            path = os.path.join(folder, "python" + version)
            if os.access(path, os.X_OK) and path != sys.executable:
                yield path


def fitting():
    suffix = sysconfig.get_config_var("EXT_SUFFIX")
    return suffix in SUFFIXES and glibc() >= GLIBC


def look_further():
    # one step only: a Python that goes by a wrong name must not send us round in a circle
    if not os.environ.pop("SMTPPROBE_PYZ_TRIED", None):
        for path in elsewhere():
            os.environ["SMTPPROBE_PYZ_TRIED"] = "1"
            os.execv(path, [path] + sys.argv)
    import platform

    sys.stderr.write(
        "smtpprobe needs CPython %s to %s on %s Linux with glibc %d.%d or newer; %s is %s %d.%d on %s,"
        " and PATH has no other that fits: install python%s\n"
        % (
            (VERSIONS[0], VERSIONS[-1], MACHINE)
            + GLIBC
            + (sys.executable or "this", platform.python_implementation())
            + tuple(sys.version_info[:2])
            + (platform.machine(), VERSIONS[0])
        )
    )
    sys.exit(2)


def cache():
    # shiv's own default is a folder in HOME by its name, and a traceback where that cannot be made
    home = os.path.expanduser("~")
    top = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    folder = os.path.join(top, "smtpprobe", "pyz")
    try:
        os.makedirs(folder, 0o700, exist_ok=True)
        if os.access(folder, os.W_OK):
            return folder
    except OSError:
        pass
    import atexit
    import shutil
    import tempfile

    folder = tempfile.mkdtemp(prefix="smtpprobe-pyz-")
    atexit.register(shutil.rmtree, folder, True)
    return folder


if not fitting():
    look_further()
os.environ.pop("SMTPPROBE_PYZ_TRIED", None)
if not os.environ.get("SHIV_ROOT"):
    os.environ["SHIV_ROOT"] = cache()

import _bootstrap

_bootstrap.bootstrap()
