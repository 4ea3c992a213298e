"""A version of a centre's document in a list of them."""

from datetime import datetime

from pydantic import BaseModel


class DocumentVersion(BaseModel):
    version: int
    note: str
    author: str
    created_at: datetime
