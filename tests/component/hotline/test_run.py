"""`hotline run`, `status`, `demo` and `stop` as a newcomer uses them: all comes up, lives, and leaves nothing."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotline.defaults import DEFAULTS
from hotline.leftovers import processes_of
from tests.support.asterisk import require_private_network
from tests.support.processes import eventually

pytestmark = pytest.mark.telephony

HOTLINE = [str(Path(sys.executable).with_name("hotline"))]
STEP = 20000  # beside the line of the other tests
OUTSIDE = {"HOTLINE_OUTSIDE_SIP_PORT": "25160", "HOTLINE_OUTSIDE_AMI_PORT": "25138"}
RTP = {"HOTLINE_RTP_FIRST": "12000", "HOTLINE_RTP_LAST": "12499"}
OUTSIDE_RTP = {"HOTLINE_OUTSIDE_RTP_FIRST": "22000", "HOTLINE_OUTSIDE_RTP_LAST": "22499"}


class Installed:
    """One installation in a folder of its own, driven by its command."""

    def __init__(self, home: Path) -> None:
        self.home = home
        ports = {port.setting(name): str(port.number + STEP) for name, port in DEFAULTS.items()}
        self.environment = os.environ | ports | OUTSIDE | RTP | OUTSIDE_RTP | {
            "HOTLINE_HOME": str(home),
            "HOTLINE_TRUNK_ADDRESS": "127.0.0.1:25160",
            "COLUMNS": "200",
        }  # fmt: skip
        self.output = home.parent / "run.out"
        self.process: subprocess.Popen[bytes] | None = None

    def run(self, *arguments: str, within: float = 60) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            HOTLINE + list(arguments),
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=within,
            check=False,
        )

    def start(self) -> None:
        with self.output.open("ab") as output:
            self.process = subprocess.Popen(
                [*HOTLINE, "run"], env=self.environment, stdout=output, stderr=output, start_new_session=True
            )
        eventually(lambda: "Ctrl-C ends everything" in self.output.read_text(), "hotline run says it is up", 100)

    def end(self, number: signal.Signals) -> int:
        assert self.process is not None
        self.process.send_signal(number)
        return self.process.wait(60)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    require_private_network()
    installed = Installed(tmp_path_factory.mktemp("run") / "var")
    try:
        installed.start()
        yield installed
    finally:
        installed.run("stop")  # also what came up too late


def test_everything_is_up_and_the_newcomer_is_told_how_to_go_on(installed: Installed) -> None:
    status = installed.run("status", "--json")
    parts = json.loads(status.stdout)
    assert parts["up"], parts
    welcome = installed.output.read_text()
    for needed in ("http://127.0.0.1:28000/", "dial 10010", "customer1", "8001", "8101", "127.0.0.1:25060"):
        assert needed in welcome


def test_a_second_start_is_refused_in_words(installed: Installed) -> None:
    second = installed.run("run")
    assert second.returncode == 1
    assert "runs already" in second.stdout
    assert json.loads(installed.run("status", "--json").stdout)["up"]


def test_the_demo_brings_customers_and_agents(installed: Installed) -> None:
    demo = installed.run("demo", "--rate", "40", "--agents", "2", "--minutes", "0.75", within=150)
    assert demo.returncode == 0, demo.stdout[-2000:] + demo.stderr[-2000:]
    figures = re.search(r"(\d+) customers dialled, (\d+) calls", demo.stdout)
    assert figures is not None
    assert int(figures[1]) >= 5
    records = (installed.home / "asterisk" / "log" / "cel-custom" / "cel.csv").read_text()
    assert '"cc-deliver"' in records, "nobody reached an agent"
    assert not [pid for pid in processes_of(installed.home) if _is_outside(pid)]


def test_ctrl_c_ends_every_process_and_the_next_start_goes_on(installed: Installed) -> None:
    assert installed.end(signal.SIGINT) == 0
    _assert_nothing_left(installed)
    database = installed.home / "desk.sqlite3"
    size = database.stat().st_size
    installed.output.write_text("")
    installed.start()
    assert database.stat().st_size >= size
    assert installed.run("stop").returncode == 0
    assert installed.process is not None
    assert installed.process.wait(30) == 0
    _assert_nothing_left(installed)


def test_status_of_what_is_stopped_says_how_to_start(installed: Installed) -> None:
    status = installed.run("status")
    assert status.returncode == 1
    assert "make run" in status.stdout
    demo = installed.run("demo")
    assert demo.returncode == 1
    assert "make run" in demo.stdout


def _assert_nothing_left(installed: Installed) -> None:
    assert processes_of(installed.home) == []
    assert "asterisk-22" not in Path("/proc/self/mounts").read_text()


def _is_outside(pid: int) -> bool:
    return b"outside" in Path(f"/proc/{pid}/cmdline").read_bytes()
