"""Words of messages as JSON."""

from datetime import datetime
from typing import Annotated, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

TextId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z]+\.[a-z_]{1,30}$")]


class MessageWords(BaseModel):
    subject: str = Field(max_length=200, description="Of the e-mail, Chinese")
    subject_en: str = Field(max_length=200)
    zh: str = Field(max_length=1000, description="{names} stand for values")
    en: str = Field(max_length=1500)


class MessageTextIn(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "words": {
                        "subject": "受理编号{ticket_no}",
                        "subject_en": "Your ticket {ticket_no}",
                        "zh": "【{brand}】江苏客服已受理，编号{ticket_no}，详询{hotline}。",
                        "en": "[{brand}] Jiangsu has recorded your request under {ticket_no}.",
                    },
                    "note": "加上省名",
                }
            ]
        }
    )

    words: MessageWords
    note: str = Field(min_length=2, max_length=200)


class MessageTextRow(BaseModel):
    template_id: str
    secret: bool = Field(description="Its values are forgotten as soon as it is sent")
    variables: list[str] = Field(description="Besides brand and hotline")
    shipped: MessageWords
    words: MessageWords = Field(description="In use at the centre")
    from_center: str = Field(description="Whose words they are; empty: as shipped")
    version: int
    draft: bool = Field(description="Words of this centre wait for their second person")


class MessageTextVersion(BaseModel):
    template_id: str
    center_id: str
    version: int
    words: MessageWords
    note: str
    state: Literal["draft", "published", "withdrawn"]
    written_by: str
    written_at: datetime
    approved_by: str


class MessageTextTry(BaseModel):
    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "template_id": "survey.ask",
                    "words": {
                        "subject": "服务评价",
                        "subject_en": "Our service",
                        "zh": "【{brand}】请评价：1满意，2一般，3不满意。",
                        "en": "[{brand}] Reply 1 for good, 2 for fair, 3 for poor.",
                    },
                }
            ]
        }
    )

    template_id: TextId
    words: MessageWords


class MessageTextShown(BaseModel):
    words: MessageWords = Field(description="With example values")
    sms: int = Field(description="As how many short messages the Chinese text goes out")
