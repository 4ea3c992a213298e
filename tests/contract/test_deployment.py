"""What the containers run is what runs natively: the compose file parses and names only what exists."""

import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from hotline.cli import app

pytestmark = pytest.mark.contract

PROJECT = Path(__file__).resolve().parents[2]
SCRIPTS = sorted((PROJECT / "docker" / "scripts").glob("*.sh"))
DOCKERFILE = (PROJECT / "docker" / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = yaml.safe_load((PROJECT / "docker" / "compose.yaml").read_text())
COMMANDS = {command.name or getattr(command.callback, "__name__", "") for command in app.registered_commands}


@pytest.mark.parametrize("script", [*SCRIPTS, PROJECT / ".ci" / "run"], ids=lambda path: path.name)
def test_every_script_is_sound_and_says_how_it_is_used(script: Path) -> None:
    subprocess.run(["bash", "-n", script], check=True)
    assert script.stat().st_mode & 0o111, "not executable"
    text = script.read_text()
    assert "set -euo pipefail" in text
    assert text.splitlines()[1].startswith("# ")


def test_all_parts_are_there() -> None:
    assert set(COMPOSE["services"]) == {
        "postgres", "setup", "mosquitto", "asterisk", "asterisk-n2", "kamailio", "ivr", "acd", "agent_api",
    }  # fmt: skip


def test_one_node_starts_without_the_parts_that_several_need() -> None:
    behind_profile = {name for name, service in COMPOSE["services"].items() if service.get("profiles") == ["nodes"]}
    assert behind_profile == {"asterisk-n2", "kamailio"}


@pytest.mark.parametrize("name", sorted(COMPOSE["services"]))
def test_every_service_can_be_built_and_started(name: str) -> None:
    service = COMPOSE["services"][name]
    if build := service.get("build"):
        assert (PROJECT / "docker" / build["context"] / build["dockerfile"]).samefile(PROJECT / "docker" / "Dockerfile")
        assert re.search(rf"^FROM \S+ AS {build['target']}$", DOCKERFILE, re.MULTILINE)
    else:
        assert ":" in service["image"], "an official image has its version pinned"
    if service.get("build", {}).get("target") == "python":
        assert service["command"][0] in COMMANDS
    for mount in service["volumes"]:
        assert mount.split(":")[0] in COMPOSE["volumes"]
    for dependency in service.get("depends_on", {}):
        assert dependency in COMPOSE["services"]


def test_every_path_the_images_copy_exists() -> None:
    for line in DOCKERFILE.splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (PROJECT / source).exists(), source


def test_every_script_the_images_run_is_one_of_ours_and_used_natively() -> None:
    native = "\n".join(path.read_text() for path in SCRIPTS) + (PROJECT / "Makefile").read_text()
    ran = set(re.findall(r"docker/scripts/([\w-]+\.sh)", DOCKERFILE))
    assert ran
    for name in ran:
        assert (PROJECT / "docker" / "scripts" / name).exists(), name
        assert name in native, f"{name} is not run natively"


def test_a_bare_shell_of_root_is_enough() -> None:
    """What `su` alone or a scheduler leaves: no sbin, no home, a locale that is not UTF-8."""
    bare = {"PATH": "/usr/bin:/bin", "LC_ALL": "de_DE.ISO-8859-1"}
    show = 'show: ; @echo "$$PATH $$PYTHONUTF8"'
    told = subprocess.run(
        ["make", "--silent", "--eval", show, "show"], env=bare, cwd=PROJECT, check=True, capture_output=True, text=True
    ).stdout.split()
    assert told[0].startswith("/usr/bin:/bin:")
    assert {"/usr/sbin", "/sbin"} <= set(told[0].split(":"))
    assert told[1] == "1"
    bootstrap = (PROJECT / "docker" / "scripts" / "bootstrap.sh").read_text()
    assert "$HOME" not in bootstrap


def test_no_secret_stands_in_the_compose_file() -> None:
    for service in COMPOSE["services"].values():
        for key, value in service.get("environment", {}).items():
            if "PASSWORD" in key:
                assert str(value).startswith("${"), key
