"""Every leaf of a published menu tree that keys can reach, with what to key there and what must be heard.

The way comes from the tree itself; what a task asks for, and how it may end with the demo's data, stands here.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from acd.contracts.menu.tree import Agent, End, Menu, NodeId, Say, Task, Tree

PASSWORD, IDENTITY, DEALER, DEALER_PASSWORD = "135790#", "081234#", "5001#", "246802#"
CHOICES = ("leaf/choices", "leaf/choices_copy")
CHANGING = ("order", "password", "topup", "emergency", "message", "fault")
SPEAKS = "(speaks)"
"""Instead of keys: say something, then `#`."""


@dataclass(frozen=True, slots=True)
class Cue:
    """When this prompt has been heard, press these keys."""

    prompt: str
    keys: str


@dataclass(frozen=True, slots=True)
class Leaf:
    node: NodeId
    way: tuple[Cue, ...]
    """From the main menu to the leaf."""
    cues: tuple[Cue, ...]
    """What the leaf itself asks for."""
    told: tuple[str, ...]
    """One of these must be heard in the end."""
    changes: bool = False
    """The caller's line, or a ticket of his: he is not greeted as before."""


@dataclass(frozen=True, slots=True)
class Supplies:
    """What callers of the demo have at hand."""

    lines: Mapping[str, str]
    """Product to a line of somebody who owes nothing."""
    lines_to_change: Mapping[str, str]
    """The same, other lines: orders are placed for these."""
    lost: str
    """A mobile number to be stopped."""
    top_up_cards: Iterator[str]
    last_month: str
    """YYYYMM."""


def leaves(tree: Tree, have: Supplies) -> Iterator[Leaf]:
    """Breadth first: each node once, by its shortest way."""
    seen: set[NodeId] = {tree.main}
    ahead: deque[tuple[NodeId, tuple[Cue, ...]]] = deque([(tree.main, ())])
    while ahead:
        here, way = ahead.popleft()
        node = tree.nodes[here]
        match node:
            case Menu():
                onward = {target: (*way, Cue(node.prompts[-1], key)) for key, target in node.keys.items()}
                if node.if_silent is not None:
                    onward[node.if_silent] = (*way, Cue(node.prompts[-1], ""))
            case Say():
                heard_before = not node.barge_in  # spoken once a call, and on the way to the main menu already
                onward = {node.next: way if heard_before else (*way, Cue(node.prompts[-1], ""))}
            case Task():
                cues, told = _task(node, have)
                yield Leaf(here, way, cues, told, changes=node.task.startswith(CHANGING))
                onward = {node.next: (*way, *cues)} if node.next else {}
            case Agent() | End():
                yield Leaf(here, way, (), node.prompts)
                onward = {}
            case _:
                onward = {}
        for target, there in onward.items():
            if target not in seen and target != tree.start:
                seen.add(target)
                ahead.append((target, there))


def _task(node: Task, have: Supplies) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    product = node.settings.get("product", "mobile")
    have_lines = have.lines_to_change if node.task == "order" else have.lines
    line = (
        (Cue("auth/which_line", "1"),)
        if product == "mobile"
        else (Cue(f"auth/ask_{product}", have_lines[product] + "#"),)
    )
    asked = {"mobile": "auth/ask_password_sms", "ip": "auth/ask_ip_password"}.get(product, "auth/ask_password")
    password, identity = Cue(asked, PASSWORD), Cue("auth/ask_id", IDENTITY)
    own, proven = line, (*line, password)
    balance = own if product == "mobile" else proven
    match node.task:
        case "bill.balance":
            return balance, ("bill/balance/2", "bill/arrears/2", "auth/service_ended")
        case "bill.month":
            return proven, ("bill/total/2",)
        case "bill.history":
            return (*proven, Cue("bill/ask_month", have.last_month + "#")), ("bill/total/2",)
        case "bill.package":
            return own, ("bill/package/1", "bill/no_package")
        case "bill.payments":
            return proven, ("bill/payments_intro", "bill/no_payments")
        case "bill.list":
            return (*proven, identity, Cue("bill/list_channel", "3")), ("leaf/copy_sent",)
        case "topup":
            return (*own, Cue("topup/ask_pin", next(have.top_up_cards) + "#")), ("topup/done/1",)
        case "article":
            return (), (f"article/{node.settings['topic']}",)
        case "order":
            return _order(node.settings["service"], product, proven, have)
        case "order.progress" | "ticket.progress":
            return (Cue("order/ask_number", "20200101000001#"), Cue("order/ask_last4", "0000")), ("order/not_found",)
        case "fault":
            return (Cue("auth/ask_number", "#"),), ("fault/accepted/1", "fault/arrears")
        case "message":
            return (Cue("message/speak", SPEAKS), Cue("message/menu", "2")), ("message/accepted/1",)
        case "emergency.suspend":
            cues = (Cue("emergency/ask_number", have.lost + "#"), Cue("emergency/ask_proof", "1"))
            return (*cues, Cue("auth/ask_password", PASSWORD)), ("emergency/stopped/1",)
        case "emergency.release":
            return (*proven, identity), ("emergency/released/1", "emergency/not_possible")
        case "emergency.restore":
            return proven, ("emergency/restored", "emergency/not_possible")
        case "emergency.report":
            return (Cue("emergency/report_number", "13912345678#"),), ("emergency/reported/1",)
        case "password.change":
            new = (Cue("password/ask_new", "258046#"), Cue("password/ask_again", "258046#"))
            return (*own, Cue("auth/ask_password", PASSWORD), *new), ("password/changed",)
        case "password.reset":
            new = (Cue("password/ask_new", "258046#"), Cue("password/ask_again", "258046#"))
            return (Cue("auth/code_sent", "000000#"), identity, *new), ("auth/code_wrong",)
        case "password.reminder":
            return (*proven, Cue("password/reminder", "1")), ("password/reminder_set",)
        case "points":
            return own, ("points/balance/1",)
        case "invoice":
            return proven, ("invoice/sent", "bill/no_address")
        case "dealer.sign_in":
            return (Cue("dealer/ask_code", DEALER), Cue("dealer/ask_password", DEALER_PASSWORD)), ("menu/dealer",)
        case "dealer.activation":
            return (Cue("dealer/ask_card", "898650010001#"),), ("dealer/card_active",)
        case "dealer.commission":
            return (), ("dealer/commission/2",)
        case "dealer.orders":
            return (), ("dealer/orders/1",)
        case "dealer.notices":
            return (), ("dealer/notice",)
        case "faxback":
            return (Cue("fax/how", "2"), Cue("fax/ask_number", "02588880001#")), ("fax/queued",)
        case _:
            raise KeyError(f"{node.task}: say in tests/support/leaves.py what is keyed there")


def _order(
    service: str, product: str, proven: tuple[Cue, ...], have: Supplies
) -> tuple[tuple[Cue, ...], tuple[str, ...]]:
    wish: tuple[Cue, ...] = ()
    match product, service:
        case "internet", "change_plan":
            wish = (Cue("order/choose_internet", "2"),)
        case _, "change_plan":
            wish = (Cue("order/choose_plan", "2"),)
        case _, "add_service" | "remove_service":
            wish = (Cue("order/choose_service", "2"),)
        case _, "call_forwarding":
            wish = (Cue("order/ask_forward", "13900000050#"),)
        case _, "install" | "move" | "repair":
            wish = (Cue("order/ask_day", "1"),)
        case "ip", "recharge":
            wish = (Cue("topup/ask_pin", next(have.top_up_cards) + "#"),)
        case "ip", "change_pin":
            wish = (Cue("password/ask_new", "258046#"), Cue("password/ask_again", "258046#"))
    told = ("order/accepted/1", "order/not_eligible", "order/arrears", "order/cancelled")
    # A changed card password would lock the other walks out.
    return (*proven, *wish, Cue("order/confirm", "2" if service == "change_pin" else "1")), told
