"""A throw-away PostgreSQL on a free port, run by an unprivileged user; every test gets a database of its own."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from tests.support.mosquitto import free_port
from tests.support.processes import TestedProcess

# PostgreSQL refuses to run as root; the package's own user is there where the package is.
USER = "postgres"
FASTER = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60")


class Postgres:
    def __init__(self, folder: Path, binaries: Path) -> None:
        self.port = free_port()
        self._binaries = binaries
        self._numbers = count(1)
        data = folder / "data"
        as_user = ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"] if os.geteuid() == 0 else []
        if as_user:
            owner = pwd.getpwnam(USER)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        self._as_user = as_user
        self._run("initdb", "-D", str(data), "-U", "hotline", "-A", "trust", "-E", "UTF8", "--no-locale", "-N")
        options = [part for setting in FASTER for part in ("-c", setting)]
        self.process = TestedProcess(
            "postgres",
            [*as_user, str(binaries / "postgres"), "-D", str(data), "-p", str(self.port), "-h", "127.0.0.1",
             "-k", str(folder), *options],
            {},
            folder.parent / f"{folder.name}.log",
            self._is_ready,
        )  # fmt: skip

    def new_database(self, template: str = "") -> str:
        """Its address for the application; with the address of another one, a copy of that."""
        name = f"test_{next(self._numbers)}"
        copied = ("-T", template.rsplit("/", 1)[-1]) if template else ()
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "hotline", *copied, name)
        return f"postgresql+asyncpg://hotline@127.0.0.1:{self.port}/{name}"

    def _is_ready(self) -> bool:
        asked = [str(self._binaries / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        return subprocess.run(asked, check=False).returncode == 0

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [*self._as_user, str(self._binaries / program), *arguments], check=True, capture_output=True, cwd="/"
        )


def binaries() -> Path:
    """Folder of the newest installed version."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if not found:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    # Not below pytest's own folder, which other users may not enter.
    folder = Path(tempfile.mkdtemp(prefix="hotline-postgres-"))
    cluster = Postgres(folder, binaries())
    cluster.process.start()
    yield cluster
    cluster.process.stop()
    shutil.rmtree(folder, ignore_errors=True)
    cluster.process.log.unlink(missing_ok=True)
