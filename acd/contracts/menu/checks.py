"""Everything that must hold before a menu tree may be published. Pure: the prompts and queues are handed in."""

from collections.abc import Collection, Iterator

from acd.contracts.menu import node_checks, ways
from acd.contracts.menu.node_checks import Lengths, Texts
from acd.contracts.menu.problems import Problem, problem
from acd.contracts.menu.tasks import AGENT
from acd.contracts.menu.tree import Agent, End, Menu, NodeId, Say, Task, Tree

MAX_DEPTH = 5
MAX_QUICK = 3


def problems(tree: Tree, texts: Texts, seconds: Lengths, queues: Collection[str]) -> list[Problem]:
    """Errors first, then in the order of the nodes.

    `texts` and `seconds`: prompt id to language to text, and to length (left out where it is not known).
    """
    found = [*_of_the_tree(tree), *_of_the_graph(tree)]
    for name, node in tree.nodes.items():
        found += node_checks.problems(tree, name, node, texts, seconds, queues)
    order = {name: place for place, name in enumerate(tree.nodes)}
    return sorted(found, key=lambda each: (each.severity, order.get(each.node or "", -1)))


def has_errors(found: Collection[Problem]) -> bool:
    return any(each.severity == "error" for each in found)


def _of_the_tree(tree: Tree) -> Iterator[Problem]:
    for place, wanted in (("start", None), ("main", Menu), ("operator", Agent), ("bye", End)):
        target = getattr(tree, place)
        if target not in tree.nodes:
            yield problem(None, place, "target.unknown", target)
        elif wanted is not None and not isinstance(tree.nodes[target], wanted):
            yield problem(None, place, "role.wrong", target)
    for index, rule in enumerate(tree.entry):
        if rule.to is not None and rule.to not in tree.nodes:
            yield problem(None, f"entry.{index}", "target.unknown", rule.to)
        if rule.to is None and rule.when != "announced":
            yield problem(None, f"entry.{index}", "rule.empty", severity="warning")
    for index, name in enumerate(tree.quick):
        if name not in tree.nodes:
            yield problem(None, f"quick.{index}", "target.unknown", name)
    yield from node_checks.hours_problems(tree)


def _of_the_graph(tree: Tree) -> Iterator[Problem]:
    for name in tree.nodes:
        for way in ways.ways(tree, name):
            if way.place and way.to not in tree.nodes:
                yield problem(name, way.place, "target.unknown", way.to)
    yield from _of_the_reach(tree)
    way_out = ways.leads_to_people_or_end(tree)
    for name in tree.nodes.keys() - way_out:
        yield problem(name, "", "node.no_way_out")
    if (round_ := ways.round_without_key(tree)) is not None:
        yield problem(round_[0], "", "loop.without_key", " → ".join((*round_, round_[0])))
    for name, node in tree.nodes.items():
        if isinstance(node, Menu | Task) and not _zero_leads_to_people(tree, node):
            yield problem(name, "keys.0" if isinstance(node, Menu) else "then.agent", "zero.no_agent")


def _of_the_reach(tree: Tree) -> Iterator[Problem]:
    """Every node has a way to it, not too long; what most callers want has a short one."""
    far = ways.distances(tree, (*ways.starts(tree), tree.operator, tree.bye))
    for name in tree.nodes:
        if name not in far:
            yield problem(name, "", "node.unreachable")
        elif far[name] > MAX_DEPTH:
            yield problem(name, "", "depth.too_deep", far[name])
    from_main = ways.distances(tree, (tree.main,))
    for index, name in enumerate(tree.quick):
        if name in tree.nodes and from_main.get(name, MAX_QUICK + 1) > MAX_QUICK:
            yield problem(name, f"quick.{index}", "quick.too_far", name)


def _zero_leads_to_people(tree: Tree, node: Menu | Task) -> bool:
    if isinstance(node, Task):
        return not ways.offers_zero(node) or _is_agent(tree, node.then.get(AGENT, tree.operator))
    return _is_agent(tree, node.keys.get("0", tree.operator))


def _is_agent(tree: Tree, name: NodeId) -> bool:
    """An agent, or texts on the way to one."""
    seen: set[NodeId] = set()
    while isinstance(node := tree.nodes.get(name), Say) and name not in seen:
        seen.add(name)
        name = node.next
    # A target that does not exist has its own problem.
    return node is None or isinstance(node, Agent)
