"""What must hold for one node by itself: its prompts, keys, task, queue and hours. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from zoneinfo import ZoneInfo

from acd.contracts.menu.problems import Problem, problem
from acd.contracts.menu.tasks import TASKS
from acd.contracts.menu.tree import Agent, ChooseLanguage, Menu, Node, NodeId, Span, Task, Tree
from acd.contracts.menu.ways import known_outcome

MAX_KEYS = 10
LONG_SECONDS, TOO_LONG_SECONDS = 30, 45
BUILT_IN = frozenset("09*")
"""Keys every menu takes: they need not be bound when they are spoken."""
UNSAID = frozenset("09*#")
"""Keys that may be bound without being spoken."""

_SAID = {
    "zh": re.compile(r"按\s*([0-9](?![0-9])|星号|井号)"),
    "en": re.compile(r"(?:[Pp]ress|off,) (\d(?!\d)|star|(?:the )?pound)"),
}
_NAMES = {"星号": "*", "井号": "#", "star": "*", "pound": "#", "the pound": "#"}

Texts = Mapping[str, Mapping[str, str]]
Lengths = Mapping[str, Mapping[str, float]]


def problems(
    tree: Tree, name: NodeId, node: Node, texts: Texts, seconds: Lengths, queues: Collection[str]
) -> Iterator[Problem]:
    if not isinstance(node, Task):
        yield from _prompts(tree, name, node.prompts, texts)
    match node:
        case Menu():
            yield from _menu(tree, name, node, texts, seconds)
        case ChooseLanguage():
            yield from _choose_language(tree, name, node, texts)
        case Task():
            yield from _task(name, node)
        case Agent():
            yield from _agent(tree, name, node, queues)
        case _:
            return


def keys_said(text: str, language: str) -> frozenset[str]:
    """The keys a text tells the caller to press: 按1, 按星号键; press 1, press star."""
    return frozenset(_NAMES.get(found, found) for found in _SAID[language].findall(text))


def hours_problems(tree: Tree) -> Iterator[Problem]:
    try:
        ZoneInfo(tree.calendar.timezone)
    except (KeyError, ValueError, OSError):  # not found, not a name, a folder
        yield problem(None, "calendar.timezone", "zone.unknown", tree.calendar.timezone)
    for name, hours in tree.hours.items():
        for kind in ("weekdays", "weekend", "holiday"):
            spans: tuple[Span, ...] = getattr(hours, kind)
            clocks = [clock for span in spans for clock in (span.open, span.close)]
            if clocks != sorted(clocks) or any(span.open == span.close for span in spans):
                yield problem(None, f"hours.{name}.{kind}", "hours.order", name)


def _prompts(tree: Tree, name: NodeId, prompts: tuple[str, ...], texts: Texts) -> Iterator[Problem]:
    for index, prompt in enumerate(prompts):
        if prompt not in texts:
            yield problem(name, f"prompts.{index}", "prompt.unknown", prompt)
            continue
        for language in tree.languages:
            if language not in texts[prompt]:
                yield problem(name, f"prompts.{index}", "prompt.language", prompt, language)


def _menu(tree: Tree, name: NodeId, menu: Menu, texts: Texts, seconds: Lengths) -> Iterator[Problem]:
    if len(menu.keys) > MAX_KEYS:
        yield problem(name, "keys", "keys.too_many", len(menu.keys))
    bound = frozenset[str](menu.keys)
    for language in tree.languages:
        said = _said(menu.prompts, (language,), texts)
        if said is None:
            continue
        for key in sorted(said - bound - BUILT_IN):
            yield problem(name, f"keys.{key}", "key.not_bound", key, language)
        for key in sorted(bound - said - UNSAID):
            yield problem(name, f"keys.{key}", "key.not_said", key, language)
        yield from _length(name, menu, language, seconds)


def _length(name: NodeId, menu: Menu, language: str, seconds: Lengths) -> Iterator[Problem]:
    whole = round(sum(seconds.get(prompt, {}).get(language, 0) for prompt in menu.prompts))
    if whole > TOO_LONG_SECONDS:
        yield problem(name, "prompts", "menu.too_long", whole, language)
    elif whole > LONG_SECONDS:
        yield problem(name, "prompts", "menu.long", whole, language, "warning")


def _said(prompts: tuple[str, ...], languages: tuple[str, ...], texts: Texts) -> frozenset[str] | None:
    """None when a text is not known: that is a problem of its own."""
    if any(language not in texts.get(prompt, {}) for prompt in prompts for language in languages):
        return None
    said = (keys_said(texts[prompt][language], language) for prompt in prompts for language in languages)
    return frozenset().union(*said)


def _choose_language(tree: Tree, name: NodeId, node: ChooseLanguage, texts: Texts) -> Iterator[Problem]:
    """Each language is offered in its own words, one after the other."""
    for key, language in node.keys.items():
        if language not in tree.languages:
            yield problem(name, f"keys.{key}", "language.not_offered", language)
    said = _said(node.prompts, tree.languages, texts)
    if said is not None and len(tree.languages) > 1:
        bound = frozenset[str](node.keys)
        for missing in sorted(said - bound):
            yield problem(name, f"keys.{missing}", "key.not_bound", missing, tree.languages[0])
        for silent in sorted(bound - said):
            yield problem(name, f"keys.{silent}", "key.not_said", silent, tree.languages[0])


def _task(name: NodeId, node: Task) -> Iterator[Problem]:
    spec = TASKS.get(node.task)
    if spec is None:
        yield problem(name, "task", "task.unknown", node.task)
        return
    for setting in sorted(node.settings.keys() - spec.settings.keys()):
        yield problem(name, f"settings.{setting}", "setting.unknown", setting)
    for setting, allowed in spec.settings.items():
        value = node.settings.get(setting, "")
        if not value:
            yield problem(name, f"settings.{setting}", "setting.missing", setting)
        elif allowed and value not in allowed:
            yield problem(name, f"settings.{setting}", "setting.value", value)
    for outcome in node.then:
        if not known_outcome(node, outcome):
            yield problem(name, f"then.{outcome}", "outcome.unknown", outcome)
    if node.level is not None and node.level < spec.level:
        yield problem(name, "level", "level.too_low", spec.level)


def _agent(tree: Tree, name: NodeId, node: Agent, queues: Collection[str]) -> Iterator[Problem]:
    if node.queue not in queues:
        yield problem(name, "queue", "queue.unknown", node.queue)
    if node.hours is None:
        return
    if node.hours not in tree.hours:
        yield problem(name, "hours", "hours.unknown", node.hours)
    if node.closed is None:
        yield problem(name, "closed", "hours.no_closed")
