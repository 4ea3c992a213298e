"""A short list of what the demo offers, from the database that was filled. The whole table is in agent_api/demo."""

from sqlalchemy import select

from agent_api.customers.models import Customer, Product
from agent_api.db import Database
from agent_api.demo import services
from agent_api.demo.subscribers import ID_LAST6, SERVICE_PASSWORD, mobile_number
from agent_api.tickets.models import TicketRow
from agent_api.tickets.words import FINISHED

SHOWN = 3


async def lines(db: Database) -> list[str]:
    async with db.read() as session:
        suspended = await session.scalars(select(Product.number).where(Product.suspended_for == "arrears").limit(SHOWN))
        english = await session.scalars(select(Customer.contact_number).where(Customer.language == "en").limit(SHOWN))
        tickets = await session.execute(
            select(TicketRow.ticket_no, TicketRow.contact_number)
            .where(TicketRow.state.not_in([state.value for state in FINISHED]), TicketRow.customer_id.is_not(None))
            .order_by(TicketRow.ticket_no)
            .limit(SHOWN)
        )
        dealers = ", ".join(f"{code} from {phone}" for code, _, _, phone in services.DEALERS)
        return [
            f"subscribers: {mobile_number(1)} to {mobile_number(200)}, service password {SERVICE_PASSWORD}, "
            f"identity card {ID_LAST6[0]} ({ID_LAST6[1]} where the number ends in 0)",
            f"suspended for debt: {', '.join(suspended)}; English: {', '.join(english)}",
            f"open tickets: {', '.join(f'{number} of {contact}' for number, contact in tickets)}",
            f"top-up cards: {services.top_up_pin(1)}, {services.top_up_pin(2)}; dealers: {dealers}, "
            f"password {services.DEALER_PASSWORD}; refused caller: {services.BLOCKED}",
        ]
