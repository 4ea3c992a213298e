"""The dialplan and the code name the same things: routes, events, variables, contexts, queues, globals, prompts."""

import re
import tomllib
from pathlib import Path

import pytest

from acd.contracts.dialplan import FALLBACK_QUEUE_PREFIX, AgiRoute, Context, UserEvent, Variable
from acd.core.calls.steps.end import DROP_CAUSES

pytestmark = pytest.mark.contract

PROJECT = Path(__file__).resolve().parents[2]
DIALPLANS = PROJECT / "dialplans"
JOURNEY = re.findall(r"#include (\S+\.conf)", (DIALPLANS / "extensions.conf").read_text())
FILES = [DIALPLANS / name for name in JOURNEY if (DIALPLANS / name).exists()]
CODE = "\n".join(path.read_text() for folder in ("ivr", "acd") for path in (PROJECT / folder).rglob("*.py"))

Lines = dict[str, list[str]]


def contexts() -> dict[str, Lines]:
    """Context -> extension -> its applications in order, as Asterisk reads them (comments gone, labels kept)."""
    found: dict[str, Lines] = {}
    lines: Lines = {}
    current: list[str] = []
    for path in FILES:
        for raw in path.read_text().splitlines():
            line = raw.split(";", 1)[0].strip()
            if header := re.fullmatch(r"\[([\w-]+)\]", line):
                assert header[1] not in found, f"{header[1]} is defined twice"
                lines = found.setdefault(header[1], {})
            elif start := re.fullmatch(r"exten\s*=>\s*([^,]+),1,(.*)", line):
                current = lines.setdefault(start[1], [])
                current.append(start[2])
            elif step := re.fullmatch(r"same\s*=>\s*(n(?:\(\w+\))?),(.*)", line):
                current.append(step[1].removeprefix("n") + step[2])
            elif hint := re.fullmatch(r"exten\s*=>\s*([^,]+),hint,.*", line):
                lines.setdefault(hint[1], [])
            else:
                assert not line, f"{path.name}: not understood: {line}"
    return found


PLAN = contexts()
ALL = [line for lines in PLAN.values() for steps in lines.values() for line in steps]
TEXT = "\n".join(ALL)


def test_every_file_is_included() -> None:
    templates = {path.name.removesuffix(".tmpl") for path in DIALPLANS.glob("*.conf.tmpl")}
    assert set(JOURNEY) == {path.name for path in FILES} | (set(JOURNEY) & templates)


def test_contexts_of_the_contract_exist() -> None:
    assert {context.value for context in Context} - set(PLAN) <= {Context.ENDED.value}


def test_every_agi_route_has_a_caller_and_every_caller_a_route() -> None:
    assert set(re.findall(r"agi://\$\{CC_IVR\}/(\w+)", TEXT)) == {route.value for route in AgiRoute}


def test_every_agi_line_is_followed_by_a_look_at_its_status() -> None:
    for context, extensions in PLAN.items():
        for steps in extensions.values():
            for number, line in enumerate(steps):
                if re.search(r"(?<!\w)AGI\(", line):
                    assert any("AGISTATUS" in later for later in steps[number + 1 : number + 3]), f"{context}: {line}"


def test_user_events_are_in_the_contract() -> None:
    named = set(re.findall(r"UserEvent\((\w+),", TEXT))
    assert named <= {event.value for event in UserEvent}
    for event in UserEvent:
        assert event.value in named or f"UserEvent.{event.name}" in CODE, f"nobody says {event.value}"


def test_every_user_event_carries_the_call_id() -> None:
    for line in ALL:
        if "UserEvent(" in line:
            assert "CallId: ${CC_CALL_ID}" in line, line


def test_variables_are_in_the_contract_or_local_to_their_context() -> None:
    shared = {variable.value for variable in Variable}
    globals_ = set(re.findall(r"^(CC_\w+)=", (DIALPLANS / "globals.conf.tmpl").read_text(), re.MULTILINE))
    for context, extensions in PLAN.items():
        text = "\n".join(line for steps in extensions.values() for line in steps)
        set_here = set(re.findall(r"(?:Set\(|,)_{0,2}(CC_\w+)=", text))
        read = set(re.findall(r"\$\{(CC_\w+)[}:]", text))
        assert read <= shared | globals_ | set_here, f"{context}: {read - shared - globals_ - set_here}"
        for name in set_here - shared:
            assert name not in CODE, f"{name} is used in the code: it belongs into acd/contracts/dialplan.py"


def test_what_a_caller_can_send_is_set_anew_at_the_door() -> None:
    door = "\n".join(PLAN["cc-inbound"]["_X!"])
    for variable in (Variable.CALL_ID, Variable.DID, Variable.QUEUE, Variable.PRIORITY, Variable.LANGUAGE):
        assert re.search(rf"(?:Set\(|,)__{variable.value}=", door)
    assert "${EXTEN}" not in door.replace("${FILTER(0-9,${EXTEN})}", "")


def test_every_jump_has_a_target() -> None:
    for context, extensions in PLAN.items():
        for steps in extensions.values():
            labels = set(re.findall(r"^\((\w+)\)", "\n".join(steps), re.MULTILINE))
            for line in steps:
                for target in _targets(line):
                    _check_target(target, context, labels)


def _targets(line: str) -> list[str]:
    if jump := re.search(r"(?:^|\W)Goto\(([^()]*(?:\{[^}]*\})?[^()]*)\)", line):
        return [jump[1]]
    if condition := re.search(r"GotoIf\(\$\[.*\]\?([^?]*)\)$", line):
        return [target for target in condition[1].split(":") if target]
    return []


def _check_target(target: str, context: str, labels: set[str]) -> None:
    parts = target.split(",")
    if len(parts) == 1:
        assert parts[0] in labels, f"{context}: no label {parts[0]}"
    else:
        extensions = PLAN.get(parts[0], {})
        assert parts[1] in extensions or any(name.startswith("_") for name in extensions), f"{context}: {target}"


def test_app_queue_has_the_queues_of_the_acd() -> None:
    ours = {queue["name"] for queue in tomllib.loads((PROJECT / "acd" / "queues.toml").read_text())["queue"]}
    sections = re.findall(r"^\[([\w-]+)\]\(room\)", (DIALPLANS / "queues.conf").read_text(), re.MULTILINE)
    assert set(sections) == {FALLBACK_QUEUE_PREFIX + name for name in ours}
    assert f"Set(CC_ROOM={FALLBACK_QUEUE_PREFIX}${{CC_QUEUE}})" in TEXT


def test_globals_are_used_and_defined() -> None:
    defined = set(re.findall(r"^(CC_\w+)=", (DIALPLANS / "globals.conf.tmpl").read_text(), re.MULTILINE))
    for name in defined:
        assert f"${{{name}}}" in TEXT, f"{name} is not used"


def test_dialplan_and_acd_agree_which_end_of_a_leg_is_no_hang_up() -> None:
    decides = next(line for line in PLAN["cc-talked"]["s"] if line.endswith("cc-kept,s,1)"))
    alternatives = re.search(r"\^\(([0-9|]+)\)\$", decides)
    assert alternatives is not None
    assert {int(cause) for cause in alternatives[1].split("|")} == DROP_CAUSES
