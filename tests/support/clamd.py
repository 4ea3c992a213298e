"""A real clamd on a free port with one signature of our own, the EICAR test file: the public ones are not needed."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.support.mosquitto import free_port, port_answers
from tests.support.processes import TestedProcess

BINARY = "/usr/sbin/clamd"
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONFIGURATION = """
TCPSocket {port}
TCPAddr 127.0.0.1
DatabaseDirectory {folder}/signatures
LogFile {folder}/clamd.log
TemporaryDirectory {folder}
Foreground yes
StreamMaxLength 30M
"""


class Clamd:
    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        (folder / "signatures").mkdir()
        # name : any type of file : anywhere in it : the bytes
        (folder / "signatures" / "own.ndb").write_text(f"Own.Eicar:0:*:{EICAR.hex()}\n")
        configuration = folder / "clamd.conf"
        configuration.write_text(CONFIGURATION.format(port=self.port, folder=folder))
        self.process = TestedProcess(
            "clamd", [BINARY, "-F", "-c", str(configuration)], {}, folder / "out.log", partial(port_answers, self.port)
        )


@pytest.fixture(scope="module")
def clamd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Clamd]:
    server = Clamd(tmp_path_factory.mktemp("clamd"))
    server.process.start()
    yield server
    server.process.stop()
