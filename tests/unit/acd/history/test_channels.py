"""Names, uniqueids and the devices behind them."""

import pytest

from acd.core.history.channels import Channels, Leg, Party
from acd.core.history.events import AmiEvent

pytestmark = pytest.mark.unit


def create(channels: Channels, name: str, uniqueid: str) -> Leg:
    leg = channels.create(AmiEvent({"Channel": name, "Uniqueid": uniqueid}), place=len(channels.legs))
    assert leg is not None
    return leg


def rename(channels: Channels, leg: Leg, old: str, new: str) -> None:
    channels.rename(AmiEvent({"Channel": old, "Newname": new, "Uniqueid": leg.uniqueid}))


@pytest.mark.parametrize(
    "name", ["SIP/a-1", "PJSIP/trunk-0000000a", "IAX2/x-1", "DAHDI/i1/201-1", "Agent/1001", "SCCP/x-1"]
)
def test_devices_are_real(name: str) -> None:
    assert Party(name, "1.1", (1, 1, 1)).real


@pytest.mark.parametrize(
    "name", ["Local/a@b-1;1", "AsyncGoto/SIP/a-1", "Parked/SIP/a-1", "Surrogate/SIP/a-1", "CBAnn/x-1;2", "Message", ""]
)
def test_what_asterisk_makes_for_itself_is_not_real(name: str) -> None:
    assert not Party(name, "1.1", (1, 1, 1)).real


def test_masquerade_moves_the_device_to_the_other_leg() -> None:
    channels = Channels()
    device, half = create(channels, "SIP/b-2", "1.2"), create(channels, "Local/b@x-1;1", "1.3")
    phone = device.party

    rename(channels, device, "SIP/b-2", "SIP/b-2<MASQ>")
    rename(channels, half, "Local/b@x-1;1", "SIP/b-2")
    rename(channels, device, "SIP/b-2<MASQ>", "Local/b@x-1;1<ZOMBIE>")

    assert half.party is phone
    assert channels.find("", "SIP/b-2") is half
    assert device.zombie
    assert not half.zombie


def test_masquerade_without_its_renames_shows_in_the_next_event() -> None:
    channels = Channels()
    caller, second = create(channels, "SIP/a-1", "1.1"), create(channels, "SIP/b-3", "1.3")
    person = caller.party

    channels.touch(AmiEvent({"Channel": "SIP/a-1", "Uniqueid": "1.3"}), place=9)

    assert second.party is person
    assert channels.find("", "SIP/a-1") is second
    assert second.merged_with


def test_plain_rename_keeps_the_device() -> None:
    channels = Channels()
    leg = create(channels, "DAHDI/1-1", "1.1")
    rename(channels, leg, "DAHDI/1-1", "DAHDI/2-1")
    assert leg.party.name == "DAHDI/2-1"
    assert channels.find("", "DAHDI/1-1") is None


def test_name_used_again_after_a_restart_is_another_device() -> None:
    channels = Channels()
    before = create(channels, "SIP/a-00000001", "1.1")
    after = create(channels, "SIP/a-00000001", "2.1")
    assert before.party is not after.party
    assert not after.merged_with


def test_order_follows_the_uniqueid_not_the_place_in_the_stream() -> None:
    channels = Channels()
    late, early = create(channels, "SIP/b-2", "n1-100.12"), create(channels, "SIP/a-1", "n1-100.9")
    assert early.party.order < late.party.order


def test_state_before_newchannel_is_a_sign_of_disorder() -> None:
    channels = Channels()
    channels.touch(AmiEvent({"Channel": "SIP/a-1", "Uniqueid": "1.1"}), place=1)
    leg = create(channels, "SIP/a-1", "1.1")
    assert leg.party.doubtful


def test_halves_of_a_local_channel_find_each_other() -> None:
    channels = Channels()
    one, two = create(channels, "Local/a@b-1;1", "1.1"), create(channels, "Local/a@b-1;2", "1.2")
    assert channels.sibling(one) is two
    assert channels.sibling(two) is one
    assert channels.sibling(create(channels, "SIP/a-1", "1.3")) is None


def test_channel_without_uniqueid_goes_by_its_name() -> None:
    channels = Channels()
    leg = channels.touch(AmiEvent({"Channel": "SIP/a-1"}), place=1)
    assert leg is not None
    assert channels.touch(AmiEvent({"Channel": "SIP/a-1"}), place=2) is leg


def test_number_settles() -> None:
    channels = Channels()
    leg = create(channels, "SIP/a-1", "1.1")
    for number in ("150010001", "201"):
        channels.touch(AmiEvent({"Channel": "SIP/a-1", "Uniqueid": "1.1", "CallerIDNum": number}), place=2)
    leg.party.number_settled = True
    channels.touch(AmiEvent({"Channel": "SIP/a-1", "Uniqueid": "1.1", "CallerIDNum": "later"}), place=3)
    assert leg.party.number == "201"
