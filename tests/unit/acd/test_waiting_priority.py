"""CallWaiting carries two headers called Priority: the channel's place in the dialplan, then the caller's priority."""

import pytest

from acd.adapters.ami import parse
from acd.contracts.ids import NodeName
from acd.core.facts import CallerWaiting
from acd.core.messages.translate import translate

pytestmark = pytest.mark.unit

RECORDED = (
    "Event: UserEvent\r\nPrivilege: user,all\r\nTimestamp: 1795304267.5\r\nChannel: PJSIP/trunk-00000001\r\n"
    "Context: cc-waiting\r\nExten: s\r\nPriority: 4\r\nUniqueid: n1-1.1\r\nLinkedid: n1-1.1\r\n"
    "UserEvent: CallWaiting\r\nCallId: n1-1.1\r\nQueue: vip\r\nPriority: 10"
)


def test_the_callers_priority_is_the_last_of_the_two() -> None:
    fact = translate(parse(RECORDED.encode()), NodeName("n1"))
    assert isinstance(fact, CallerWaiting)
    assert (fact.queue, fact.priority) == ("vip", 10)
