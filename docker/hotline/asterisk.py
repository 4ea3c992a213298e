"""Prepares the folders and configuration of an Asterisk instance and says how to run it. Starts nothing itself."""

import hashlib
import os
import resource
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from hotline.installation import Installation
from hotline.sound_folders import link_sounds

ASTERISK_DATA = Path("/usr/share/asterisk")  # inside the private root
ASTERISK_ID = 5060  # user and group, made by docker/scripts/install-asterisk-packages.sh
SHARED_DATA = ("documentation", "moh", "firmware", "keys", "static-http", "rest-api")
LARGE_LOG_BYTES = 100 * 2**20
OWN_FOLDERS = (
    "run",
    "db",
    "agi",
    "spool/tmp",
    "spool/outgoing",
    "spool/monitor",
    "spool/emergency",
    "spool/messages",
    "spool/fax",
    "spool/recordings",
    "log/cel-custom",
)


@dataclass(frozen=True)
class Instance:
    """One Asterisk. `sources` are configuration files; *.tmpl are filled in from `values`."""

    name: str
    folder: Path
    sources: Sequence[Path]
    values: Mapping[str, Any]

    @property
    def configuration(self) -> Path:
        return self.folder / "etc" / "asterisk.conf"


def prepare(instance: Instance, sounds: Path, root: Path) -> None:
    """Lay the folders out anew; data of earlier runs (records, recordings, database) stays.

    Asterisk will run inside `root`.
    """
    for name in OWN_FOLDERS:
        (instance.folder / name).mkdir(parents=True, exist_ok=True)
    for name in ("messages.log", "cel-custom/cel.csv"):
        _set_aside(instance.folder / "log" / name)
    _link_data(instance.folder / "data")
    link_sounds(instance.folder / "data" / "sounds", sounds, root)
    etc = instance.folder / "etc"
    shutil.rmtree(etc, ignore_errors=True)
    etc.mkdir(mode=0o750)
    write_configuration(etc, instance)
    _give(instance.folder)


def write_configuration(target: Path, instance: Instance) -> None:
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True, autoescape=False)
    values = {"folder": instance.folder, **instance.values}
    for source in instance.sources:
        text = source.read_text()
        if source.suffix == ".tmpl":
            text = environment.from_string(text).render(values)
        path = target / source.name.removesuffix(".tmpl")
        path.write_text(text)
        path.chmod(0o640)


def command(instance: Instance, installation: Installation) -> list[str]:
    script = installation.project / "docker" / "scripts" / "run-asterisk.sh"
    folders = sorted({installation.project, installation.folder}, key=lambda path: len(path.parts))
    return [
        str(script),
        str(installation.settings.asterisk_root),
        str(instance.configuration),
        *(str(folder) for folder in folders),
    ]


def common_values(systemname: str) -> dict[str, Any]:
    """What every instance's templates need. Debian's multi-arch folder follows the machine."""
    machine = os.uname().machine
    digest = hashlib.sha256(systemname.encode()).hexdigest()
    return {
        "systemname": systemname,
        "entity_id": "02:" + ":".join(digest[i : i + 2] for i in range(0, 10, 2)),  # else taken from a network card
        "multiarch": {"arm64": "aarch64-linux-gnu"}.get(machine, f"{machine}-linux-gnu"),
        "max_files": min(20000, resource.getrlimit(resource.RLIMIT_NOFILE)[1]),
    }


def _set_aside(log: Path) -> None:
    """A log that has grown large becomes `.1`; one older generation is kept."""
    if log.exists() and log.stat().st_size > LARGE_LOG_BYTES:
        log.rename(log.with_name(log.name + ".1"))


def _link_data(data: Path) -> None:
    """The package's data, except its sounds."""
    shutil.rmtree(data, ignore_errors=True)
    data.mkdir()
    for name in SHARED_DATA:
        (data / name).symlink_to(ASTERISK_DATA / name)


def _give(folder: Path) -> None:
    """Configuration belongs to root and is read by asterisk; everything else asterisk may write."""
    for path in (folder, *folder.rglob("*")):
        if path.is_symlink():
            continue
        inside_etc = "etc" in path.relative_to(folder).parts[:1]
        os.chown(path, 0 if inside_etc else ASTERISK_ID, ASTERISK_ID)
