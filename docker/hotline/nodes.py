"""Which configuration the hotline's own Asterisk and the outside world's one are made of."""

from dataclasses import dataclass
from pathlib import Path

from hotline.asterisk import Instance, common_values
from hotline.installation import Installation, NodePlace

CUSTOMER_PHONES = (("customer1", "13900000001"), ("customer2", "13900000002"), ("customer3", "13900000003"))
OUTSIDE_SHARES = (
    "asterisk.conf.tmpl",
    "modules.conf",
    "logger.conf",
    "indications.conf",
    "musiconhold.conf",
    "features.conf",
    "cdr.conf",
    "stasis.conf",
    "cel_custom.conf",
    "acl.conf",
    "ccss.conf",
    "confbridge.conf",
    "udptl.conf",
    "pjproject.conf",
    "queues.conf",
    "queuerules.conf",
    "rtp.conf.tmpl",
)


@dataclass(frozen=True)
class AgentPhones:
    """SIP sign-ins of one agent: `<number>` for a telephone, `<number>w` for the browser."""

    number: str
    phone_password: str
    browser_password: str


def hotline_node(installation: Installation, agents: list[AgentPhones], place: NodePlace | None = None) -> Instance:
    """Without a place: the only node."""
    settings, credentials = installation.settings, installation.credentials
    place = place or installation.nodes[0]
    folder, front = place.folder, settings.nodes > 1
    dialplans = installation.project / "dialplans"
    return Instance(
        name=place.part,
        folder=folder,
        sources=[
            *sorted(dialplans.glob("*.conf")),
            *sorted(dialplans.glob("*.conf.tmpl")),
            *(installation.certificates / name for name in ("authority.pem", "server.pem", "server.key")),
        ],
        values=common_values(place.name)
        | settings.model_dump()
        | place.values()
        | {
            "transmit_silence": "no",
            # where telephones are reached when they register elsewhere
            "registrar": f"{settings.bind}:{settings.sip_port}" if front else "",
            "trunk_match": settings.bind if front else settings.trunk_match,
            "ivr_address": f"127.0.0.1:{settings.fastagi_port}",
            "emergency_script": installation.project / "ivr" / "emergency.py",
            "recordings": place.recordings_spool,
            "fax_number": settings.fax_number,
            "fax_spool": installation.fax_spool,
            "agent_sounds": folder / "data" / "sounds" / "zh" / "agents",
            "acd_secret": credentials.ami_acd,
            "certificate": folder / "etc" / "server.pem",
            "certificate_key": folder / "etc" / "server.key",
            "authority": folder / "etc" / "authority.pem",
            "agents": agents,
            "customers": [
                {"user": user, "number": number, "password": credentials.customer_phone}
                for user, number in CUSTOMER_PHONES
            ],
        },
    )


def outside_node(installation: Installation, phones: list[AgentPhones]) -> Instance:
    settings = installation.settings
    folder = installation.outside
    dialplans = installation.project / "dialplans"
    own = Path(__file__).parent / "outside" / "config"
    return Instance(
        name="outside",
        folder=folder,
        sources=[*(dialplans / name for name in OUTSIDE_SHARES), *sorted(own.iterdir())],
        values=common_values("outside")
        | settings.model_dump()
        | {
            "transmit_silence": "yes",  # real telephones always send; without it the far end's Answer() waits 0.5 s
            "rtp_first": settings.outside_rtp_first,
            "rtp_last": settings.outside_rtp_last,
            "ice_loopback": "",
            "outside_secret": installation.credentials.ami_outside,
            "hotline_host": settings.bind,
            "hotline_address": f"{settings.bind}:{settings.sip_port}",
            "recordings": folder / "rec",
            "phones": phones,
        },
    )
