"""What other systems send, as the specification has it. Its error body, and how ours become one."""

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.alias_generators import to_camel

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Short = Annotated[str, StringConstraints(max_length=200)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=64)]


class Part(BaseModel):
    """Keeps what the specification allows besides, and gives it back."""

    model_config = ConfigDict(extra="allow", alias_generator=to_camel)


class Ref(Part):
    id: Id


class Reference(Ref):
    referred_type: Short = Field(alias="@referredType")


class Entity(Reference):
    role: Short


class Note(Part):
    """The one note the specification leaves open: without a text it says nothing."""

    text: Text
    author: Short | None = None


class Attachment(Part):
    """By reference: what has no address cannot be fetched."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Relationship(Part):
    id: Id
    relationship_type: Short


class Written(Part):
    """What both a new ticket and a change of one may say."""

    name: Short | None = None
    priority: Short | None = None
    external_id: Annotated[str, StringConstraints(max_length=64)] | None = None
    requested_resolution_date: datetime | None = None
    expected_resolution_date: datetime | None = None
    resolution_date: datetime | None = None
    status_change_reason: Annotated[str, StringConstraints(max_length=2000)] | None = None
    attachment: Annotated[list[Attachment], Field(max_length=50)] | None = None
    channel: Ref | None = None
    note: Annotated[list[Note], Field(max_length=200)] | None = None
    related_entity: Annotated[list[Entity], Field(max_length=50)] | None = None
    related_party: Annotated[list[Reference], Field(max_length=50)] | None = None
    trouble_ticket_relationship: Annotated[list[Relationship], Field(max_length=50)] | None = None
    schema_location: Short | None = Field(default=None, alias="@schemaLocation")
    base_type: Short | None = Field(default=None, alias="@baseType")
    type_name: Short | None = Field(default=None, alias="@type")


class NewTrouble(Written):
    description: Text
    severity: Literal["Critical", "Major", "Minor"]
    ticket_type: Short
    status: Literal["acknowledged"] | None = None


class TroubleChange(Written):
    description: Text | None = None
    severity: Short | None = None
    ticket_type: Short | None = None
    status: Short | None = None


class NewListener(Part):
    callback: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    query: Annotated[str, StringConstraints(max_length=400)] | None = None


class Heard(Part):
    """An event of another system's tickets."""

    event_id: Annotated[str, StringConstraints(max_length=200)] | None = None
    event: dict[str, Any] | None = None
