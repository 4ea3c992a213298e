"""Loading customers from a table at the desk: upload, progress, and the table of what was wrong."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, File, Form, Response, UploadFile
from pydantic import BaseModel, Field

from agent_api.auth import audit
from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.customer_import.models import CustomerImport
from agent_api.customer_import.reading import LARGEST
from agent_api.customer_import.rows import COLUMNS, NEEDED
from agent_api.customer_import.sheet import error_sheet
from agent_api.errors import Denied, Invalid, NotFound, NotSignedIn, Refused, responses
from agent_api.web import ContextDep, allowed

router = APIRouter(prefix="/api/v1/customer-imports", tags=["customers"], responses=responses(NotSignedIn, Denied))

MayImport = Annotated[Principal, Depends(allowed(Permission.CUSTOMER_IMPORT))]
SHOWN_ERRORS = 20


class RowError(BaseModel):
    row: int = Field(description="As the spreadsheet counts, the header is 1")
    reasons: list[str]


class ImportOut(BaseModel):
    import_id: str
    file_name: str
    dry_run: bool
    state: str = Field(description="running, done or stopped")
    rows: int
    done: int
    created: int
    changed: int
    same: int
    wrong: int
    errors: list[RowError] = Field(description="The first 20; all of them in the error sheet")
    started_by: str
    started_at: datetime
    ended_at: datetime | None


class ColumnOut(BaseModel):
    name: str
    titles: list[str]
    needed: bool


@router.get("/columns")
async def list_columns(_who: MayImport) -> list[ColumnOut]:
    """What a header may say."""
    return [ColumnOut(name=name, titles=list(names), needed=name in NEEDED) for name, names in COLUMNS.items()]


@router.post("", status_code=202, responses=responses(Refused, Invalid))
async def start_import(
    who: MayImport,
    context: ContextDep,
    file: Annotated[UploadFile, File(description="CSV (UTF-8 or GB18030) or XLSX, columns by their names")],
    dry_run: Annotated[bool, Form()] = True,
) -> ImportOut:
    """Checks every row, and loads the good ones unless it is a dry run. Audited."""
    content = await file.read(LARGEST + 1)
    return _out(await context.imports.start(file.filename or "", content, dry_run, who))


@router.get("")
async def list_imports(_who: MayImport, context: ContextDep) -> list[ImportOut]:
    """Latest first."""
    return [_out(each) for each in await context.imports.latest(20)]


@router.get("/{import_id}", responses=responses(NotFound))
async def read_import(import_id: str, _who: MayImport, context: ContextDep) -> ImportOut:
    return _out(await context.imports.read(import_id))


@router.get("/{import_id}/errors.csv", response_class=Response, responses=responses(NotFound))
async def read_errors(import_id: str, who: MayImport, context: ContextDep) -> Response:
    """The rows that were not loaded, with the reasons; corrected, it can be loaded again. Audited."""
    found = await context.imports.read(import_id)
    async with context.db.write() as session:
        await audit.record(
            session, who, "customer.import_errors", context.clock(), subject="import", subject_id=import_id
        )
    headers = {"Content-Disposition": f'attachment; filename="errors-{import_id[:8]}.csv"'}
    return Response(error_sheet(found.header, found.errors), media_type="text/csv; charset=utf-8", headers=headers)


def _out(row: CustomerImport) -> ImportOut:
    names = ImportOut.model_fields.keys() - {"errors", "wrong"}
    return ImportOut.model_validate(
        {name: getattr(row, name) for name in names}
        | {
            "wrong": row.done - row.created - row.changed - row.same,
            "errors": [{"row": each["row"], "reasons": each["reasons"]} for each in row.errors[:SHOWN_ERRORS]],
        }
    )
