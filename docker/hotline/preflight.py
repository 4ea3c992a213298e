"""Looks before anything is done: rights, Python, disk, ports, name spaces. Changes nothing.

Standard library only: it runs with the system's Python before any package is installed. Prints every problem at once.
"""

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

from hotline.defaults import ASTERISK_FOLDER, DEFAULTS, Port

ASTERISK_MB = 1500
PROJECT_MB = 900
ANY_PORT = Port(0, "tcp", "any free port")
PROJECT = Path(__file__).resolve().parents[2]


def problems(values: dict[str, str], with_ports: bool = True) -> list[str]:
    """Everything that would make `make run` fail, each with what to do about it."""
    found = [*_rights(), *_disk(values)]
    if with_ports:
        found += _busy_ports(values)
    if os.geteuid() == 0:
        found += _namespaces()
    return found


def _rights() -> list[str]:
    if os.geteuid() == 0:
        return []
    return ["root is needed (Asterisk lives in a root of its own): run it as root or with sudo"]


def _disk(values: dict[str, str]) -> list[str]:
    cache_home = values.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    cache = Path(values.get("HOTLINE_CACHE") or Path(cache_home) / "hotline")
    needs = [] if (PROJECT / ".venv").exists() else [(PROJECT, PROJECT_MB, "move the checkout")]
    if not (cache / ASTERISK_FOLDER / ".complete").exists():
        needs.append((cache, ASTERISK_MB, "set HOTLINE_CACHE to a folder on another disk"))
    found = []
    for folder, needed, advice in needs:
        free = shutil.disk_usage(_existing(folder)).free // 2**20
        if free < needed:
            found.append(f"{free} MB free for {folder}, {needed} MB needed: free some space or {advice}")
    return found


def _existing(folder: Path) -> Path:
    return folder if folder.exists() else _existing(folder.parent)


def _namespaces() -> list[str]:
    try:
        subprocess.run(["unshare", "--mount", "true"], check=True, capture_output=True, text=True, timeout=10)
    except subprocess.CalledProcessError as error:
        why = error.stderr.strip()
    except (OSError, subprocess.TimeoutExpired) as error:
        why = str(error)
    else:
        return []
    return [f"mount name spaces are forbidden here ({why}); in a container without SYS_ADMIN use docker/compose.yaml"]


def _busy_ports(values: dict[str, str]) -> list[str]:
    bind = values.get("HOTLINE_BIND") or "127.0.0.1"
    if not is_free(0, ANY_PORT, bind):
        return [f"HOTLINE_BIND={bind} is not an address of this machine"]
    found = []
    for name, port in DEFAULTS.items():
        number = int(values.get(port.setting(name)) or port.number)
        if not is_free(number, port, bind if port.public else "127.0.0.1"):
            holder = holder_of(number, port) or "another program"
            found.append(
                f"port {number}/{port.transport} ({port.purpose}) is taken by {holder}: "
                f"stop it, or set {port.setting(name)} to another port"
            )
    return found


def is_free(number: int, port: Port, address: str = "127.0.0.1") -> bool:
    kind = socket.SOCK_DGRAM if port.transport == "udp" else socket.SOCK_STREAM
    with socket.socket(socket.AF_INET, kind) as probe:
        if port.transport == "tcp":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port in TIME_WAIT is free for us
        try:
            probe.bind((address, number))
        except OSError:
            return False
    return True


def holder_of(number: int, port: Port) -> str:
    """Name and pid of the process that holds the port, or nothing when it cannot be seen."""
    inodes = {f"socket:[{inode}]" for inode in _inodes(number, port)}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            for descriptor in (folder / "fd").iterdir():
                if os.readlink(descriptor) in inodes:
                    return f"{(folder / 'comm').read_text().strip()} (pid {folder.name})"
        except OSError:  # the process ended meanwhile, or is somebody else's
            continue
    return ""


def _inodes(number: int, port: Port) -> set[str]:
    listening = "0A" if port.transport == "tcp" else "07"
    inodes = set()
    for table in (f"/proc/net/{port.transport}", f"/proc/net/{port.transport}6"):
        if not os.path.exists(table):
            continue
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if int(fields[1].rsplit(":", 1)[1], 16) == number and fields[3] == listening:
                inodes.add(fields[9])
    return inodes


def read_env_file(path: Path) -> dict[str, str]:
    """The NAME=value lines of a .env file."""
    if not path.exists():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name.strip(): value.strip().strip("'\"") for name, _, value in pairs}


def environment() -> dict[str, str]:
    return read_env_file(PROJECT / ".env") | dict(os.environ)


def main() -> int:
    """`no-ports` as argument leaves the ports out: tests run in a network of their own."""
    found = problems(environment(), "no-ports" not in sys.argv)
    for problem in found:
        print(f"  - {problem}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
