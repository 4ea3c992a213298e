"""The tree as a graph: where a caller can go from each node, with a key or without. Pure."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from acd.contracts.menu.tasks import AGENT, DONE, EVERY, FAILED, TASKS
from acd.contracts.menu.tree import Agent, ChooseLanguage, End, Menu, NodeId, Say, Task, Tree

SPEAKS_ONLY = frozenset({"suspended.notice"})
"""Tasks that may end without a key: they do not break a loop."""


@dataclass(frozen=True, slots=True)
class Way:
    to: NodeId
    place: str
    """The field it comes from (keys.1); empty for what every node can do."""
    keys: int
    """How many keys it takes; 0 when the caller needs to press nothing."""


def ways(tree: Tree, node_id: NodeId) -> tuple[Way, ...]:
    """Also to nodes that do not exist; the way back (`*`) is left out: it leads nowhere new."""
    match tree.nodes[node_id]:
        case Menu() as menu:
            return tuple(_of_menu(tree, menu))
        case Say(next=following) | ChooseLanguage(next=following):
            return (Way(following, "next", 0),)
        case Task() as task:
            return tuple(_of_task(tree, task))
        case Agent(closed=closed):
            return (Way(closed, "closed", 0),) if closed is not None else ()
        case End():
            return ()


def _of_menu(tree: Tree, menu: Menu) -> Iterator[Way]:
    for key, target in menu.keys.items():
        yield Way(target, f"keys.{key}", 1)
    if menu.if_silent is not None:
        yield Way(menu.if_silent, "if_silent", 0)
    if "0" not in menu.keys:
        yield Way(tree.operator, "", 1)


def _of_task(tree: Tree, task: Task) -> Iterator[Way]:
    for outcome, target in task.then.items():
        yield Way(target, f"then.{outcome}", 1)
    if task.next is not None:
        yield Way(task.next, "next", 0 if task.task in SPEAKS_ONLY and DONE not in task.then else 1)
    if FAILED not in task.then or (AGENT not in task.then and offers_zero(task)):
        yield Way(tree.operator, "", 1)


def offers_zero(task: Task) -> bool:
    spec = TASKS.get(task.task)
    return spec is None or spec.zero_calls_agent


def known_outcome(task: Task, outcome: str) -> bool:
    spec = TASKS.get(task.task)
    return spec is None or outcome in EVERY or outcome in spec.outcomes


def starts(tree: Tree) -> tuple[NodeId, ...]:
    """Where a call may begin, and where every node can lead by itself."""
    return (*(rule.to for rule in tree.entry if rule.to is not None), tree.start)


def distances(tree: Tree, begin: Iterable[NodeId]) -> Mapping[NodeId, int]:
    """Nodes that can be reached, with the fewest keys it takes."""
    found: dict[NodeId, int] = {}
    waiting = deque((node, 0) for node in begin if node in tree.nodes)
    while waiting:
        node, keys = waiting.popleft()
        if found.get(node, keys + 1) <= keys:
            continue
        found[node] = keys
        for way in ways(tree, node):
            if way.to in tree.nodes:
                (waiting.append if way.keys else waiting.appendleft)((way.to, keys + way.keys))
    return MappingProxyType(found)


def leads_to_people_or_end(tree: Tree) -> frozenset[NodeId]:
    """Nodes from which an agent or an end can be reached. A task can always be left to where the caller was."""
    reached = {name for name, node in tree.nodes.items() if isinstance(node, Agent | End)}
    growing = True
    while growing:
        more = {name for name in tree.nodes.keys() - reached if any(way.to in reached for way in ways(tree, name))}
        reached |= more
        growing = bool(more)
    return frozenset(reached)


def round_without_key(tree: Tree) -> tuple[NodeId, ...] | None:
    """Nodes a caller would go round for ever without pressing anything; the first such round."""
    done: set[NodeId] = set()
    for begin in tree.nodes:
        path: list[NodeId] = []
        round_ = _follow(tree, begin, path, done)
        if round_ is not None:
            return round_
    return None


def _follow(tree: Tree, node: NodeId, path: list[NodeId], done: set[NodeId]) -> tuple[NodeId, ...] | None:
    if node in path:
        return tuple(path[path.index(node) :])
    if node in done or node not in tree.nodes:
        return None
    path.append(node)
    for way in ways(tree, node):
        if way.keys == 0 and (found := _follow(tree, way.to, path, done)) is not None:
            return found
    path.pop()
    done.add(node)
    return None
