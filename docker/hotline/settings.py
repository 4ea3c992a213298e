"""Where the installation lives and which ports it uses. Read once by the commands; processes get their share by env."""

import os
from ipaddress import ip_address
from pathlib import Path

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from hotline.defaults import ASTERISK_FOLDER, DEFAULTS


def project_folder() -> Path:
    """The checkout this package runs from (or HOTLINE_PROJECT in an image, where the package is elsewhere)."""
    return Path(os.environ.get("HOTLINE_PROJECT", Path(__file__).resolve().parents[2]))


def default_cache() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "hotline"


class HotlineSettings(BaseSettings):
    """Every value can be set as HOTLINE_<NAME> in the environment or in the file .env beside the Makefile."""

    model_config = SettingsConfigDict(env_prefix="HOTLINE_", env_file=".env", extra="ignore")

    project: Path = Field(default_factory=project_folder)
    home: Path | None = None
    """Runtime state: data, keys, logs. Default: var/ in the checkout."""
    cache: Path = Field(default_factory=default_cache)
    """Where the private Asterisk root is kept, shared by all checkouts."""

    bind: str = "127.0.0.1"
    """Address of this machine that telephones and browsers reach (not 0.0.0.0). Everything else stays on loopback."""
    node: str = "n1"
    nodes: int = Field(default=1, ge=1, le=8)
    """Asterisk nodes on this machine, named n1, n2, ...; more than one brings Kamailio in front of them."""

    sip_port: int = DEFAULTS["sip"].number
    sip_tls_port: int = DEFAULTS["sip_tls"].number
    asterisk_http_port: int = DEFAULTS["asterisk_http"].number
    asterisk_https_port: int = DEFAULTS["asterisk_https"].number
    ami_port: int = DEFAULTS["ami"].number
    rtp_first: int = 10000
    rtp_last: int = 10999
    fastagi_port: int = DEFAULTS["fastagi"].number
    ivr_observe_port: int = DEFAULTS["ivr_observe"].number
    acd_observe_port: int = DEFAULTS["acd_observe"].number
    mqtt_port: int = DEFAULTS["mqtt"].number
    desk_port: int = DEFAULTS["desk"].number

    fax_number: str = Field(default="10019", pattern=r"^[0-9]{0,20}$")
    """Number of the hotline at which a fax machine answers; empty: none."""
    service_page: bool = True
    """Whether customers may use the page /service of the desk's server."""
    trunk_address: str = "127.0.0.1:5160"
    """Where calls to the outside go: the carrier, or the outside world of `hotline demo`."""
    trunk_match: str = "127.0.0.1"
    """Source addresses or networks, separated by commas, whose calls come from the trunk."""

    outside_sip_port: int = 5160
    outside_ami_port: int = 5138
    outside_rtp_first: int = 20000
    outside_rtp_last: int = 20999

    ice_loopback: str = ""
    """An address of the loopback device to offer browsers as 127.0.0.1: only for tests in a network of their own."""
    database_url: str = ""
    """Default: an SQLite file in the home folder. A server: postgresql+asyncpg://..."""
    demo_data: bool = True
    """Fill an empty database with demo subscribers, agents and bills."""

    @field_validator("bind")
    @classmethod
    def _one_address(cls, value: str) -> str:
        if ip_address(value).is_unspecified:
            raise ValueError("one address of this machine is needed: telephones and browsers are told it")
        return value

    @property
    def folder(self) -> Path:
        return self.home or self.project / "var"

    @property
    def asterisk_root(self) -> Path:
        return self.cache / ASTERISK_FOLDER
