"""Where a caller has been in the tree, and where `back`, `main` and a failure lead from there."""

from dataclasses import dataclass, field

from acd.contracts.menu.tree import Agent, NodeId, Say, Tree
from ivr.flows.session import MAX_VISITS, Session


@dataclass(slots=True)
class Way:
    session: Session
    stack: list[NodeId] = field(default_factory=list)
    """Menus, the present one on top."""
    seen: set[NodeId] = field(default_factory=set)
    reason: str = ""
    """Why the caller is being sent to the agents, when it was not the menu's own key."""
    failed: bool = False
    """... because the menu could not understand him."""
    past_greeting: bool = False

    @property
    def tree(self) -> Tree:
        return self.session.tree

    def arrive(self, node: NodeId) -> bool:
        """False when the call goes in circles."""
        session = self.session
        session.visits += 1
        session.node, session.served_here = node, False
        self.seen.add(node)
        return session.visits <= MAX_VISITS

    def enter_menu(self, node: NodeId) -> None:
        if node in self.stack:
            del self.stack[self.stack.index(node) :]
        self.stack.append(node)
        self.reason, self.failed, self.past_greeting = "", False, True

    def back_from_menu(self) -> NodeId:
        self.stack.pop()
        return self.menu()

    def menu(self) -> NodeId:
        """The menu the caller came from."""
        return self.stack[-1] if self.stack else self.home()

    def home(self) -> NodeId:
        """The main menu; by way of greeting and notices for a caller who has not heard them."""
        return self.tree.main if self.tree.start in self.seen else self.tree.start

    def to_operator(self, reason: str, failed: bool = False) -> NodeId:
        self.reason, self.failed = reason, failed
        return self.tree.operator

    def leads_to_people(self, node: NodeId) -> bool:
        """An agent, with nothing but words before."""
        passed: set[NodeId] = set()
        while isinstance(found := self.tree.nodes[node], Say) and node not in passed:
            passed.add(node)
            node = found.next
        return isinstance(found, Agent)

    def operator_queue(self) -> str:
        node = self.tree.nodes.get(self.tree.operator)
        return node.queue if isinstance(node, Agent) else "general"
