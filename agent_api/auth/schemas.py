"""What the desk sends and gets when someone signs in."""

from pydantic import BaseModel, ConfigDict, Field


class SignIn(BaseModel):
    model_config = ConfigDict(json_schema_extra={"examples": [{"agent_no": "8001", "password": "Hotline@2026"}]})

    agent_no: str = Field(pattern=r"^[0-9]{4,6}$")
    password: str = Field(min_length=1, max_length=128)


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
    timezone: str = Field(description="The centre's local time: the desk shows times in it")


class Softphone(BaseModel):
    """Sign-in data of the browser's telephone. Never stored by the browser."""

    ws_url: str
    sip_user: str
    sip_password: str
    domain: str
