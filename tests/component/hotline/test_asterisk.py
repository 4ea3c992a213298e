"""Both Asterisk instances with our configuration alone: they boot clean, talk, and obey their rights."""

import re
import socket
import ssl
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
import websockets

from hotline.ami import Ami, AmiError
from hotline.installation import Installation
from hotline.outside.world import Behaviour, OutsideWorld
from hotline.settings import HotlineSettings
from tests.support.asterisk import (
    agent_phones,
    hotline_asterisk,
    installation_for_tests,
    outside_asterisk,
    require_private_network,
)
from tests.support.processes import eventually_async

pytestmark = pytest.mark.telephony

PORTS = {
    "sip_port": 15060,
    "sip_tls_port": 15061,
    "asterisk_http_port": 18088,
    "asterisk_https_port": 18089,
    "ami_port": 15038,
    "rtp_first": 11000,
    "rtp_last": 11999,
    "fastagi_port": 14573,
    "outside_sip_port": 15160,
    "outside_ami_port": 15138,
    "outside_rtp_first": 21000,
    "outside_rtp_last": 21999,
    "trunk_address": "127.0.0.1:15160",
}


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    require_private_network()
    installation = installation_for_tests(tmp_path_factory.mktemp("asterisk"), **PORTS)
    phones = agent_phones()
    hotline, outside = hotline_asterisk(installation, phones), outside_asterisk(installation, phones[:2])
    with (installation.asterisk / "etc" / "extensions.conf").open("a") as dialplan:
        dialplan.write(
            "[test-keys]\nexten => s,1,Set(TEST_READS=1)\n same => n,Read(TEST_KEYS,,5,,1,10)\n same => n,Wait(30)\n"
        )
    try:
        hotline.start()
        outside.start()
        yield installation
    finally:
        outside.stop()
        hotline.stop()


@pytest.fixture
async def world(installation: Installation) -> AsyncIterator[OutsideWorld]:
    world = await OutsideWorld.connect(
        installation.settings.outside_ami_port, installation.credentials.ami_outside, installation.outside / "rec"
    )
    yield world
    await world.hang_up_all()
    await world.close()


@pytest.fixture
async def acd_link(installation: Installation) -> AsyncIterator[Ami]:
    ami = await Ami.connect(installation.settings.ami_port, "acd", installation.credentials.ami_acd, lambda event: None)
    yield ami
    await ami.close()


def test_boots_without_warnings(installation: Installation) -> None:
    for folder in (installation.asterisk, installation.outside):
        text = (folder / "log" / "messages.log").read_text()
        assert not re.search(r"(WARNING|ERROR)\[.*?\] (loader|res_sorcery|config_options|app_queue)", text), text


async def test_a_call_without_menu_and_without_acd_still_reaches_the_queue(
    installation: Installation, world: OutsideWorld
) -> None:
    call = await world.dial("13800000001")
    await call.answered()

    async def is_in_queue() -> bool:
        await call.press("1")
        return '"cc-fallback","Queue"' in installation.cel_file.read_text()

    await eventually_async(is_in_queue, "the emergency script takes the key, the caller is in app_queue", 25)
    assert call.is_up
    await call.hang_up()
    assert await call.ended() == 16


async def test_an_agents_telephone_registers_rings_and_says_whose_call_it_is(
    installation: Installation, world: OutsideWorld, acd_link: Ami
) -> None:
    async def is_registered() -> bool:
        answer = await acd_link.action("Getvar", Variable="DEVICE_STATE(PJSIP/8001)")
        return answer["Value"] == "NOT_INUSE"

    await eventually_async(is_registered, "the telephone has signed in", 10)
    caller = await world.dial("13800000002")
    await caller.answered()
    channel = _channel_of(installation, "13800000002")
    await acd_link.action("Redirect", Channel=channel, Context="cc-deliver", Exten="8001", Priority=1)
    ring = await world.rung("8001")
    await ring.answered()
    assert ring.hotline_call_id.startswith("n1-")
    assert ring.shown_number == "13800000002"


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [(Behaviour.BUSY, "17"), (Behaviour.REJECT, "21"), (Behaviour.NO_SUCH_NUMBER, "1"), (Behaviour.POWERED_OFF, "20")],
)
async def test_called_parties_behave_as_told(
    installation: Installation, world: OutsideWorld, acd_link: Ami, behaviour: Behaviour, reason: str
) -> None:
    number = f"1370000{reason:0>4}"
    await world.set_behaviour(number, behaviour, after_seconds=0)
    await acd_link.action(
        "Originate", Channel=f"PJSIP/{number}@trunk", Context="cc-outbound", Exten="s", Priority=1, Async="true"
    )
    ring = await world.rung(number)
    assert str(await ring.ended()) == reason


async def test_keys_and_sound_arrive(installation: Installation, world: OutsideWorld, acd_link: Ami) -> None:
    call = await world.dial("13800000003")
    await call.answered()
    channel = _channel_of(installation, "13800000003")
    await acd_link.action("Redirect", Channel=channel, Context="test-keys", Exten="s", Priority=1)

    async def value(name: str) -> str:
        return str((await acd_link.action("Getvar", Channel=channel, Variable=name))["Value"])

    async def is_reading() -> bool:
        return await value("TEST_READS") == "1"

    await eventually_async(is_reading, "keys are awaited")
    await call.press("42#")

    async def has_keys() -> bool:
        return await value("TEST_KEYS") == "42"

    await eventually_async(has_keys, "keys up to #", 15)
    assert '"DTMF"' not in installation.cel_file.read_text(), "a key may be part of a password"


@pytest.mark.parametrize(
    ("action", "headers"),
    [
        ("Command", {"Command": "core show version"}),
        ("UpdateConfig", {"SrcFilename": "pjsip.conf", "DstFilename": "pjsip.conf"}),
        ("GetConfig", {"Filename": "pjsip.conf"}),
        ("ModuleLoad", {"LoadType": "reload"}),
        ("Originate", {"Channel": "Local/s@cc-ivr", "Application": "System", "Data": "touch /tmp/owned"}),
    ],
)
async def test_the_acds_user_may_do_no_harm(acd_link: Ami, action: str, headers: dict[str, str]) -> None:
    with pytest.raises(AmiError, match=r"(?i)permission|denied|forbidden"):
        await acd_link.action(action, **headers)


@pytest.mark.parametrize("action", ["CoreShowChannels", "QueueStatus", "DeviceStateList"])
async def test_the_acds_user_may_look(acd_link: Ami, action: str) -> None:
    assert (await acd_link.action(action))["Response"] == "Success"


async def test_strangers_are_refused(installation: Installation) -> None:
    with pytest.raises(AmiError, match="Authentication"):
        await Ami.connect(installation.settings.ami_port, "acd", "wrong", lambda event: None)
    with pytest.raises(AmiError, match="Authentication"):
        await Ami.connect(installation.settings.ami_port, "outside", "x", lambda event: None)


def test_default_ports_are_those_of_the_table() -> None:
    settings = HotlineSettings()
    assert (settings.sip_port, settings.ami_port, settings.desk_port) == (5060, 5038, 8000)


def _channel_of(installation: Installation, number: str) -> str:
    starts = [line for line in installation.cel_file.read_text().splitlines() if line.startswith('"CHAN_START"')]
    return [line.split('","')[4] for line in starts if f'"{number}"' in line][-1]


@pytest.mark.parametrize("port", ["sip_tls_port", "asterisk_https_port"])
def test_tls_shows_the_certificate_of_this_installation(installation: Installation, port: str) -> None:
    trust = ssl.create_default_context(cafile=str(installation.certificates / "authority.pem"))
    address = ("127.0.0.1", getattr(installation.settings, port))
    with (
        socket.create_connection(address, 5) as link,
        trust.wrap_socket(link, server_hostname="localhost") as secured,
    ):
        assert secured.version() in ("TLSv1.2", "TLSv1.3")


@pytest.mark.parametrize("secure", [False, True])
async def test_a_browser_gets_a_sip_websocket_and_nothing_else(installation: Installation, secure: bool) -> None:
    settings = installation.settings
    trust = ssl.create_default_context(cafile=str(installation.certificates / "authority.pem")) if secure else None
    port = settings.asterisk_https_port if secure else settings.asterisk_http_port
    address = f"{'wss' if secure else 'ws'}://localhost:{port}/ws"
    async with websockets.connect(address, subprotocols=[websockets.Subprotocol("sip")], ssl=trust, proxy=None) as link:
        assert link.subprotocol == "sip"
    async with httpx.AsyncClient(verify=trust or True, trust_env=False) as http:
        for path in ("/", "/rawman?action=ping", "/ari/asterisk/info", "/static/index.html", "/httpstatus"):
            answer = await http.get(f"{'https' if secure else 'http'}://localhost:{port}{path}")
            assert answer.status_code == 404, path
