"""What the tests need of the system: a browser, Java, Node.js and what npm brought; found, or how to mend it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Of several lists of features that are off, the last is the one that counts. So Playwright's own is repeated here, and to
# it come the menus of an address bar that nobody sees: every new page would load them, at more cost than itself.
FEATURES_OFF = (
    *("AvoidUnnecessaryBeforeUnloadCheckSync", "DestroyProfileOnBrowserClose", "HttpsUpgrades", "PaintHolding"),
    *("HttpsFirstBalancedModeAutoEnable", "LensOverlay", "MediaRouter", "ThirdPartyStoragePartitioning"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "OptimizationHints", "NetworkTimeServiceQuerying", "AimEnabled"),
    *("PreconnectToSearch", "WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
)
CHROMIUM_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(FEATURES_OFF)}",
)
NPM_FOLDER = Path(sys.prefix) / "npm" / "node_modules"
VNU_JAVA = 17  # the oldest that runs it
QUICK_JAVA = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")  # for what runs a few seconds: a third of the work


class ToolMissingError(Exception):
    """Something is not installed; the message says how to mend it."""


def may_install() -> bool:
    """Whether apt-get could have installed what is missing: as root, or by a sudo that asks for no password."""
    if shutil.which("apt-get") is None:
        return False
    if os.geteuid() == 0:
        return True
    sudo = shutil.which("sudo")
    return sudo is not None and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0


def find_chromium() -> str:
    """Return the path of a Chromium that starts, once its driver starts too.

    Ubuntu's `chromium-browser` may be a stub that only names a snap; Playwright, the driver, brings a Node.js that
    needs libatomic1, which a small Debian does not have.

    Raises:
        ToolMissingError: if one of the two does not start.
    """
    paths = [path for name in CHROMIUM_NAMES if (path := shutil.which(name))]
    found = next((path for path in paths if _starts(path, "--version")), None)
    if found and _starts(sys.executable, "-m", "playwright", "--version"):
        return found
    package = "libatomic1" if found else "chromium"
    message = f"No browser to drive: `make test` installs what is missing, or run `sudo apt-get install {package}`."
    raise ToolMissingError(message)


def find_vnu() -> tuple[str, ...]:
    """Return the command that starts vnu, the checker of HTML, which the Makefile puts into the environment.

    Raises:
        ToolMissingError: if it was not fetched, or there is no Java that runs it.
    """
    jar = find_npm_package("vnu-jar") / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None or _java_version(java) < VNU_JAVA:
        message = f"The checker of HTML needs Java {VNU_JAVA} or newer: `make test` installs it where it may, "
        raise ToolMissingError(f"{message}or run `sudo apt-get install default-jre-headless`.")
    return (java, *QUICK_JAVA, "-Xss4m", "-jar", str(jar))


def find_program(name: str) -> str:
    """Return the path of a program that a package of the lock files brought into the environment."""
    return str(Path(sys.executable).parent / name)


def find_node() -> str:
    """Return the path of Node.js, which runs the checkers that npm brought.

    Raises:
        ToolMissingError: if there is none that starts.
    """
    node = shutil.which("node")
    if node is None or not _starts(node, "--version"):
        raise ToolMissingError(
            "Node.js is not here: `make test` installs it where it may, or `sudo apt-get install npm`."
        )
    return node


def find_npm_package(name: str) -> Path:
    """Return the folder of a package of tests/npm/package.json, which the Makefile puts into the environment.

    Raises:
        ToolMissingError: if it was not fetched.
    """
    folder = NPM_FOLDER / name
    if not folder.is_dir():
        raise ToolMissingError(f"{name} is not here: `make test` fetches it (it needs npm for that).")
    return folder


def _starts(*command: str) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _java_version(java: str) -> int:
    said = subprocess.run([java, "--version"], capture_output=True, encoding="utf-8", check=False).stdout
    version = re.match(r"\S+ (\d+)", said)
    return int(version[1]) if version else 0
