"""The ports of the installation with their default numbers, and where the private Asterisk is kept.

Standard library only: the check before anything is installed reads it with the system's Python.
"""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Port:
    number: int
    transport: Literal["tcp", "udp"]
    purpose: str
    public: bool = False
    """Opened on HOTLINE_BIND; the others on loopback only."""

    def setting(self, name: str) -> str:
        """The environment variable that moves this port."""
        return f"HOTLINE_{name.upper()}_PORT"


ASTERISK_FOLDER = "asterisk-22-r2"
"""In the cache. Raise r when install-asterisk*.sh makes a different root: it is built beside the old one."""

DEFAULTS: dict[str, Port] = {
    "sip": Port(5060, "udp", "SIP telephones and trunk", public=True),
    "sip_tls": Port(5061, "tcp", "SIP telephones over TLS", public=True),
    "asterisk_http": Port(8088, "tcp", "softphone in the browser (ws)", public=True),
    "asterisk_https": Port(8089, "tcp", "softphone in the browser (wss)", public=True),
    "ami": Port(5038, "tcp", "Asterisk manager interface"),
    "fastagi": Port(4573, "tcp", "voice menu (FastAGI)"),
    "ivr_observe": Port(4574, "tcp", "health and figures of ivr"),
    "acd_observe": Port(4575, "tcp", "health and figures of acd"),
    "mqtt": Port(1883, "tcp", "message bus (mosquitto)"),
    "desk": Port(8000, "tcp", "web desk and API", public=True),
}
