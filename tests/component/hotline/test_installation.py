"""Keys, certificates, supervision: what lies on the disk of an installation, and how its processes are found again."""

import configparser
import datetime as dt
import os
import ssl
import subprocess
import sys
from pathlib import Path

import pytest

from hotline import supervision
from hotline.certificates import ensure_certificates
from hotline.credentials import load_credentials
from hotline.installation import open_installation
from hotline.leftovers import end_processes, mark, processes_of
from hotline.parts import Part
from hotline.settings import HotlineSettings
from hotline.status import states
from tests.support.processes import eventually

pytestmark = pytest.mark.component

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def test_credentials_are_made_once_and_only_for_their_owner(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    first = load_credentials(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_credentials(path) == first
    assert load_credentials(tmp_path / "other.json") != first


def test_credentials_of_a_newer_version_are_added(tmp_path: Path) -> None:
    path = tmp_path / "credentials.json"
    path.write_text('{"ami_acd": "kept"}')
    credentials = load_credentials(path)
    assert credentials.ami_acd == "kept"
    assert load_credentials(path).service_token == credentials.service_token


def test_the_certificate_is_good_for_tls_and_renewed_before_it_ends(tmp_path: Path) -> None:
    ensure_certificates(tmp_path, ("127.0.0.1", "localhost"), NOW)
    first = (tmp_path / "server.pem").read_bytes()
    context = ssl.create_default_context(cafile=str(tmp_path / "authority.pem"))
    context.load_cert_chain(tmp_path / "server.pem", tmp_path / "server.key")
    assert (tmp_path / "server.key").stat().st_mode & 0o077 == 0
    ensure_certificates(tmp_path, ("127.0.0.1", "localhost"), NOW + dt.timedelta(days=700))
    assert (tmp_path / "server.pem").read_bytes() == first
    ensure_certificates(tmp_path, ("127.0.0.1", "localhost"), NOW + dt.timedelta(days=800))
    assert (tmp_path / "server.pem").read_bytes() != first


def test_a_new_address_gets_a_new_certificate(tmp_path: Path) -> None:
    ensure_certificates(tmp_path, ("127.0.0.1",), NOW)
    first = (tmp_path / "server.pem").read_bytes()
    ensure_certificates(tmp_path, ("192.0.2.7", "127.0.0.1"), NOW)
    assert (tmp_path / "server.pem").read_bytes() != first


def test_supervision_keeps_any_password_whole(tmp_path: Path) -> None:
    installation = open_installation(HotlineSettings(home=tmp_path))
    word = 'a%b"c\\d$e,f'
    part = Part("echo", "", ("/bin/true",), {"SECRET": word}, lambda: None)
    path = supervision.write_configuration(installation, [part])
    assert path.stat().st_mode & 0o077 == 0
    parser = configparser.RawConfigParser()
    parser.read(path)
    assert f"SECRET='{word.replace('%', '%%')}'" in parser["program:echo"]["environment"]
    impossible = Part("echo", "", ("/bin/true",), {"SECRET": "'\""}, lambda: None)
    with pytest.raises(ValueError, match="SECRET"):
        supervision.write_configuration(installation, [impossible])


def test_supervised_parts_start_again_and_end_together(tmp_path: Path) -> None:
    installation = open_installation(HotlineSettings(home=tmp_path))
    note = tmp_path / "note"
    word = 'a%b"c\\d$e,f'
    code = f"import os,time; open({str(note)!r},'a').write(os.environ['WORD']+chr(10)); time.sleep(60)"
    script = tmp_path / "part.py"
    script.write_text(code)
    environment = {"WORD": word, **mark(tmp_path)}
    part = Part("note", "", (sys.executable, str(script)), environment, lambda: None)
    supervisor = supervision.start(supervision.write_configuration(installation, [part]), tmp_path)
    try:
        eventually(lambda: note.exists() and note.read_text() == word + "\n", "the part runs, its secret whole", 10)
        child = next(pid for pid in processes_of(tmp_path) if pid != supervisor.pid)
        os.kill(child, 9)
        eventually(lambda: note.read_text().count(word) == 2, "the part is started again", 10)
    finally:
        assert supervision.stop(installation)
    assert supervisor.wait(5) is not None
    assert processes_of(tmp_path) == []


def test_orphans_of_a_killed_supervisor_are_found_and_ended(tmp_path: Path) -> None:
    orphan = subprocess.Popen(["sleep", "60"], env=mark(tmp_path))
    other = subprocess.Popen(["sleep", "60"], env=mark(tmp_path / "other"))
    try:
        assert processes_of(tmp_path) == [orphan.pid]
        assert end_processes(tmp_path, within=1) in ([], [orphan.pid])
        assert orphan.wait(5) == -15
        assert other.poll() is None
    finally:
        other.kill()
        other.wait()


def test_status_of_a_stopped_line_says_what_to_do(tmp_path: Path) -> None:
    nobody = HotlineSettings(
        home=tmp_path, mqtt_port=9, ami_port=9, ivr_observe_port=9, acd_observe_port=9, desk_port=9
    )
    installation = open_installation(nobody)
    found = {state.name: state for state in states(installation)}
    assert not found["supervisor"].up
    assert "make run" in found["supervisor"].problem
    assert "port 9" in found["acd"].problem
    assert found["disk"].up
