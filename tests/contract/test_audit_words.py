"""Every act and every kind of object the audit log may hold has a word at the desk, in both languages."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import agent_api
from agent_api.access.rules import AlarmKind
from agent_api.auth.roles import SHIPPED
from agent_api.compensations.rules import State as Compensation
from agent_api.knowledge import requests
from agent_api.knowledge.lifecycle import Act as Article
from agent_api.reasons.service import KIND as REASONS
from agent_api.scripts.service import KIND as SCRIPTS
from agent_api.tickets.thresholds.service import KIND as THRESHOLDS

pytestmark = pytest.mark.contract

HOME = Path(agent_api.__file__).parent
DOCUMENTS = (REASONS, SCRIPTS, THRESHOLDS)
# What stands in the gaps of names that are put together; a new one fails here until it is named.
GAPS: dict[str, tuple[str, ...]] = {
    "access.{}": tuple(AlarmKind),
    "article.{}": tuple(each for each in Article if each is not Article.WRITE),  # noted as article.written
    "compensation.{}": (Compensation.APPROVED.lower(), Compensation.REJECTED.lower()),
    "request.{}": (requests.ANSWERED, requests.DECLINED),
    "{}.published": DOCUMENTS,
}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(tree: ast.AST) -> list[Function]:
    return [each for each in ast.walk(tree) if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(tree: ast.AST, name: str) -> list[ast.Call]:
    return [each for each in ast.walk(tree) if isinstance(each, ast.Call) and ast.unparse(each.func) == name]


def values(wanted: ast.expr, within: Function, module: ast.Module) -> Iterator[str]:
    """Every text an expression may be: itself, a choice, a variable, or what the callers in its module pass."""
    if isinstance(wanted, ast.Constant):
        yield str(wanted.value)
    elif isinstance(wanted, ast.IfExp):
        yield from values(wanted.body, within, module)
        yield from values(wanted.orelse, within, module)
    elif isinstance(wanted, ast.JoinedStr):
        form = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in wanted.values)
        yield from (form.format(gap) for gap in GAPS[form])
    elif isinstance(wanted, ast.Name):
        yield from _of_name(wanted.id, within, module)
    else:
        raise AssertionError(f"cannot tell what {ast.unparse(wanted)} is")


def _of_name(name: str, within: Function, module: ast.Module) -> Iterator[str]:
    parameters = [each.arg for each in within.args.args]
    if name not in parameters:
        for each in ast.walk(within):
            if isinstance(each, ast.Assign) and ast.unparse(each.targets[0]) == name:
                yield from values(each.value, within, module)
        return
    for caller in functions(module):
        for call in calls(caller, within.name):
            yield from values(call.args[parameters.index(name)], caller, module)


def _noted() -> Iterator[tuple[str, str]]:
    """("act" or "about", code) of every entry the server may write."""
    for file in HOME.rglob("*.py"):
        module = ast.parse(file.read_text(encoding="utf-8"))
        for within in functions(module):
            for call in calls(within, "audit.record"):
                about = next(each.value for each in call.keywords if each.arg == "subject")
                if not isinstance(call.args[2], ast.Attribute):  # an Act of a supervisor: below
                    yield from (("act", each) for each in values(call.args[2], within, module))
                    kinds = DOCUMENTS if ast.unparse(about) == "kind" else values(about, within, module)
                    yield from (("about", each) for each in kinds)
            if file.parent.name == "supervision":
                for act in calls(within, "Act"):
                    yield from (("act", each) for each in values(act.args[0], within, module))
                    yield from (("about", each) for each in values(act.args[1], within, module))


NOTED = frozenset(_noted())


def words(language: str, file: str, part: str) -> set[str]:
    """Keys of one part of a catalogue, a group's with the group before them."""
    text = (HOME / "desk" / "src" / "i18n" / language / file).read_text(encoding="utf-8")
    found = re.search(rf"^( +){part}: {{\n(.*?)^\1}},$", text, re.DOTALL | re.MULTILINE)
    assert found, part
    keys: set[str] = set()
    for line in found[2].splitlines():
        group = re.match(r" *(\w+): {", line)
        keys |= {f"{group[1]}.{key}" if group else key for key in re.findall(r"(\w+): [\"']", line)}
    return keys


def test_the_entries_are_found() -> None:
    acts = {code for kind, code in NOTED if kind == "act"}
    assert {"session.opened", "roles.proposed", "roles.changed", "supervision.close", "scripts.published"} <= acts
    assert {"credit.decide", "announcement.off", "access.no_contact", "article.reject", "trouble.delete"} <= acts


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("part", ["act", "about"])
def test_the_desk_has_a_word_for_every_one_and_no_other(language: str, part: str) -> None:
    assert words(language, "audit.ts", part) == {code for kind, code in NOTED if kind == part}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_desk_has_a_name_for_every_role(language: str) -> None:
    assert words(language, "roles.ts", "role") == set(SHIPPED.rights)
