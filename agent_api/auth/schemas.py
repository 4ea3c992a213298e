"""What the desk sends and gets when someone signs in."""

from pydantic import BaseModel, ConfigDict, Field

from agent_api.auth.signing_in import Stage


class SignIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"agent_no": "8001", "password": "Hotline@2026"}]})

    agent_no: str = Field(pattern=r"^[0-9]{4,6}$")
    password: str = Field(min_length=1, max_length=128)
    code: str = Field(default="", max_length=20, description="One-time or recovery code, for accounts that have one")


class CenterOut(BaseModel):
    id: str
    name: str
    level: str = Field(description="N national, P province, C city")


class Me(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "agent_no": "8001",
                    "name": "林晓雯",
                    "roles": ["agent"],
                    "permissions": ["agent.work", "customer.read"],
                    "center": {"id": "js", "name": "江苏省客户服务中心", "level": "P"},
                    "queues": ["general", "bill"],
                    "language": "zh",
                    "timezone": "Asia/Shanghai",
                    "stage": "open",
                    "idle_seconds": 600,
                }
            ]
        }
    )

    agent_no: str
    name: str
    roles: list[str]
    permissions: list[str]
    center: CenterOut
    queues: list[str]
    language: str
    stage: Stage = Field(description="open, or what must be done before anything else")
    idle_seconds: int = Field(description="After so long without a touch the desk locks itself")
    timezone: str = Field(description="The centre's local time: the desk shows times in it")


class Password(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"password": "Hotline@2026"}]})

    password: str = Field(min_length=1, max_length=128)


class NewPassword(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"old": "Hotline@2026", "new": "Another#2027"}]})

    old: str = Field(min_length=1, max_length=128)
    new: str = Field(min_length=1, max_length=128)


class Code(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"code": "123456"}]})

    code: str = Field(pattern=r"^[0-9]{6}$")


class StageOut(BaseModel):
    stage: Stage


class SecondFactorOut(BaseModel):
    secret: str
    uri: str
    picture: str = Field(description="The address as a QR code, SVG")


class RecoveryCodes(BaseModel):
    """Each is good for one sign-in without the authenticator. Shown this once."""

    codes: list[str]
    stage: Stage


class Softphone(BaseModel):
    """Sign-in data of the browser's telephone. Never stored by the browser."""

    ws_url: str
    sip_user: str
    sip_password: str
    domain: str
