"""Keeps the parts running under supervisord: writes its configuration, starts it, ends it."""

import os
import shlex
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from hotline.credentials import write_private
from hotline.installation import Installation
from hotline.leftovers import end_processes, mark
from hotline.parts import Part
from hotline.preflight import environment

STOP_SECONDS = 25
GROUND = ("mosquitto", "asterisk", "kamailio")
"""Started first and ended last, so that the others can say good-bye to them."""


def write_configuration(installation: Installation, parts: Sequence[Part]) -> Path:
    """One program a part. Passwords are in the environment lines, so the file is its owner's alone."""
    run = installation.folder / "run"
    lines = [
        "[supervisord]",
        "nodaemon=true",
        f"logfile={installation.logs / 'supervisord.log'}",
        f"pidfile={run / 'supervisord.pid'}",
        f"childlogdir={installation.logs}",
        "loglevel=info",
        "umask=077",
        "user=root" if os.geteuid() == 0 else "",
        "[unix_http_server]",
        f"file={run / 'supervisor.sock'}",
        "chmod=0600",
        "[rpcinterface:supervisor]",
        "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface",
        "[supervisorctl]",
        f"serverurl=unix://{run / 'supervisor.sock'}",
    ]
    for part in parts:
        lines += [
            f"[program:{part.name}]",
            f"command={_doubled(shlex.join(part.command))}",
            f"directory={installation.project}",
            f"environment={_environment(part.environment)}",
            f"priority={1 if part.name.startswith(GROUND) else 2}",
            "autorestart=true",
            "startretries=1000",
            "startsecs=1",
            "stopwaitsecs=10",
            "killasgroup=true",
            "redirect_stderr=true",
            f"stdout_logfile={installation.logs / (part.name + '.log')}",
            "stdout_logfile_maxbytes=20MB",
            "stdout_logfile_backups=5",
        ]
    path = run / "supervisord.conf"
    write_private(path, "\n".join(line for line in lines if line) + "\n")
    return path


def start(configuration: Path, home: Path) -> subprocess.Popen[bytes]:
    """Start supervisord in a session of its own: Ctrl-C reaches only us, and we end it in order."""
    return subprocess.Popen(
        [sys.executable, "-m", "supervisor.supervisord", "-n", "-s", "-c", str(configuration)],
        env={**environment(), **mark(home)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )


def running_pid(installation: Installation) -> int | None:
    """Process id of this installation's supervisord, or None."""
    path = installation.folder / "run" / "supervisord.pid"
    try:
        pid = int(path.read_text())
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError):
        return None
    return pid if b"supervisord" in command else None


def stop(installation: Installation) -> bool:
    """End every process of the installation, orphans of a killed supervisor too; False when none ran."""
    pid = running_pid(installation)
    if pid is not None:
        os.kill(pid, signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        while running_pid(installation) is not None and time.monotonic() < deadline:
            time.sleep(0.1)
    killed = end_processes(installation.folder)
    return pid is not None or bool(killed)


def _environment(values: Mapping[str, str]) -> str:
    """supervisord's quotes know no escape inside: a value may hold one kind of them only."""
    pairs = []
    for name, value in sorted(values.items()):
        quote = "'" if '"' in value else '"'
        if quote in value or "\n" in value:
            raise ValueError(f"{name} cannot be handed to supervisord: it holds both kinds of quotes or a line break")
        pairs.append(f"{name}={quote}{_doubled(value)}{quote}")
    return ",".join(pairs)


def _doubled(text: str) -> str:
    return text.replace("%", "%%")  # supervisord expands %(name)s
