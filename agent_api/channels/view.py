"""Contacts as the desk's JSON, masked; and what this person may do with one now. Pure but for the models."""

from collections.abc import Sequence

from agent_api.auth.principal import Principal
from agent_api.auth.roles import Permission
from agent_api.channels import flow
from agent_api.channels.flow import Fact, State
from agent_api.channels.models import Interaction, InteractionFile, InteractionReply, InteractionStep, ReplyTemplate
from agent_api.channels.schemas import ContactFileOut, ContactOut, ContactRow, ContactStepOut, ReplyOut, TemplateOut
from agent_api.masking import mask_address, mask_email, mask_name, mask_number

BY_PEOPLE = {
    Fact.READ: Permission.CONTACT_WORK,
    Fact.NOT_READABLE: Permission.CONTACT_WORK,
    Fact.JUDGED_SPAM: Permission.CONTACT_WORK,
    Fact.JUDGED_HONEST: Permission.CONTACT_WORK,
    Fact.REGISTERED: Permission.CONTACT_WORK,
    Fact.ASSIGNED: Permission.CONTACT_WORK,
    Fact.TAKEN_UP: Permission.CONTACT_WORK,
    Fact.DRAFTED: Permission.CONTACT_WORK,
    Fact.FILED: Permission.CONTACT_WORK,
    Fact.REFUSED: Permission.CONTACT_APPROVE,
    Fact.APPROVED: Permission.CONTACT_APPROVE,
}


def allowed(row: Interaction, replies: Sequence[InteractionReply], who: Principal) -> list[str]:
    """Nobody approves an own draft."""
    own = any(each.state == "draft" and each.drafted_by == who.agent_no for each in replies)
    return [
        fact.value
        for fact in flow.possible(State(row.state))
        if fact in BY_PEOPLE and who.may(BY_PEOPLE[fact]) and not (own and fact is Fact.APPROVED)
    ]


def row_out(row: Interaction, files: int) -> ContactRow:
    return ContactRow.model_validate(_fields(row, files))


def contact_out(
    row: Interaction,
    who: Principal,
    files: Sequence[InteractionFile],
    steps: Sequence[InteractionStep],
    replies: Sequence[InteractionReply],
) -> ContactOut:
    return ContactOut.model_validate(
        _fields(row, len(files))
        | {
            "body": row.body,
            "reason_code": row.reason_code,
            "call_id": row.call_id,
            "contact_masked": mask_number(row.contact_number),
            "attachments": [_file(each) for each in files],
            "steps": [_step(each) for each in steps],
            "replies": [reply_out(each) for each in replies],
            "may": allowed(row, replies, who),
        }
    )


def masked(row: Interaction) -> str:
    if "@" in row.address:
        return mask_email(row.address)
    return mask_number(row.address) if row.address.isdigit() else mask_address(row.address)


def reply_out(row: InteractionReply) -> ReplyOut:
    names = ("template_id", "template_version", "channel", "subject", "text", "free", "state", "drafted_by",
             "drafted_at", "decided_by")  # fmt: skip
    return ReplyOut.model_validate({"id": row.reply_id} | {name: getattr(row, name) for name in names})


def template_out(row: ReplyTemplate) -> TemplateOut:
    return TemplateOut.model_validate({name: getattr(row, name) for name in TemplateOut.model_fields})


def _fields(row: Interaction, files: int) -> dict[str, object]:
    names = ("channel", "state", "kind", "subject", "customer_id", "ticket_no", "assigned_to", "center_id", "note",
             "at", "updated_at")  # fmt: skip
    return {name: getattr(row, name) for name in names} | {
        "id": row.interaction_id,
        "from_masked": masked(row),
        "name_masked": mask_name(row.name),
        "files": files,
    }


def _file(row: InteractionFile) -> ContactFileOut:
    return ContactFileOut.model_validate(
        {"id": row.file_id, "name": row.file_name}
        | {name: getattr(row, name) for name in ("kind", "media_type", "size", "pages", "state")}
    )


def _step(row: InteractionStep) -> ContactStepOut:
    return ContactStepOut.model_validate(
        {name: getattr(row, name) for name in ("fact", "to_state", "at", "actor", "comment")}
    )
