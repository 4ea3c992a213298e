"""What messages need from outside: the gateway, the mail server, the brand. Part of the process's settings."""

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr

_FROZEN = ConfigDict(frozen=True)


class SmppSettings(BaseModel):
    """An account at an SMS centre (SMPP 3.4, transceiver)."""

    model_config = _FROZEN

    host: str = "127.0.0.1"
    port: int = Field(default=2775, ge=1, le=65535)
    system_id: str = Field(default="hotline", max_length=15)
    password: SecretStr = SecretStr("")
    sender: str = Field(default="10010", pattern=r"^[0-9]{3,20}$")
    """The number customers see and answer to."""
    tls: bool = False


class MailSettings(BaseModel):
    model_config = _FROZEN

    host: str = ""
    """Empty: mails are kept as files in the outbox folder and not sent."""
    port: int = Field(default=25, ge=1, le=65535)
    security: Literal["none", "starttls", "tls"] = "none"
    username: str = ""
    password: SecretStr = SecretStr("")
    sender: str = "service@example.cn"


class MessageSettings(BaseModel):
    model_config = _FROZEN

    brand: str = Field(default="畅联通信", max_length=20)
    hotline: str = "10010"
    sms: Literal["embedded", "smpp"] = "embedded"
    """embedded: texts are kept for the desk to read, nobody's telephone gets them."""
    smpp: SmppSettings = SmppSettings()
    mail: MailSettings = MailSettings()
    survey_by_sms: bool = False
    """Ask by SMS when the survey on the telephone was not answered."""
    fonts: tuple[Path, ...] = (
        Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"),
        Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"),
        Path("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"),
    )
    """For faxes; the first that is there."""
