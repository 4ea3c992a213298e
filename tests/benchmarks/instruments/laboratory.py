"""Adds what only a benchmark needs to the running instances: dialplan, a queue. Production files stay as they are."""

import subprocess
import wave
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jinja2 import Template

from tests.support.processes import TestedProcess
from tests.support.stack import Line

WORLD = Path(__file__).parents[1] / "world"


def furnish(line: Line, values: Mapping[str, Any]) -> None:
    """Append our pieces to both instances' configuration and have them read it again. Once in a session."""
    hotline, outside = line.installation.asterisk / "etc", line.installation.outside / "etc"
    _append(hotline / "extensions.conf", "hotline-extensions.conf.tmpl", values)
    _append(hotline / "queues.conf", "hotline-queues.conf.tmpl", values)
    _append(outside / "extensions.conf", "outside-extensions.conf.tmpl", values)
    asterisk_command(line.asterisk, hotline, "dialplan reload")
    asterisk_command(line.asterisk, hotline, "queue reload all")
    asterisk_command(line.outside, outside, "dialplan reload")


def asterisk_command(process: TestedProcess, etc: Path, command: str) -> str:
    """Say something to a running instance from inside its own root."""
    inside = ["nsenter", "--target", str(process.pid), "--mount", "--root"]
    done = subprocess.run(
        [*inside, "asterisk", "-C", str(etc / "asterisk.conf"), "-rx", command],
        capture_output=True,
        text=True,
        timeout=20,
        check=True,
    )
    return done.stdout


@contextmanager
def brief_announcements(line: Line, agents: Sequence[str]) -> Iterator[None]:
    """Agent numbers of a tenth of a second: with the real ones twelve agents cannot take ten calls a second."""
    files = [line.installation.asterisk / "data" / "sounds" / "zh" / "agents" / f"{agent}.wav" for agent in agents]
    spoken = {file: file.read_bytes() for file in files}
    for file in files:
        with wave.open(str(file), "wb") as brief:
            brief.setparams((1, 2, 8000, 0, "NONE", ""))
            brief.writeframes(bytes(1600))
    try:
        yield
    finally:
        for file, content in spoken.items():
            file.write_bytes(content)


def _append(path: Path, template: str, values: Mapping[str, Any]) -> None:
    text = Template((WORLD / template).read_text(), trim_blocks=True).render(values)
    path.write_text(f"{path.read_text()}\n{text}\n")
