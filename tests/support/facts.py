"""What the line's own books say, to compare with what was heard. Asked the way the parts themselves ask."""

import sqlite3
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from tests.support.stack import Line


@dataclass(frozen=True)
class DebtorFacts:
    case_id: str
    number: str
    owed: Decimal


async def ask_directory(line: Line, what: str, question: dict[str, Any]) -> dict[str, Any]:
    """A question of the voice menu, asked as it asks."""
    token = line.installation.credentials.service_token
    async with httpx.AsyncClient(base_url=line.desk_url, trust_env=False) as http:
        answer = await http.post(f"/internal/v1/{what}", json=question, headers={"Authorization": f"Bearer {token}"})
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found


async def account_of(line: Line, number: str, product: str = "mobile") -> dict[str, Any]:
    """`balance` and `arrears` as Decimal."""
    account = await ask_directory(line, "account", {"product": product, "number": number})
    return account | {name: Decimal(account[name]) for name in ("balance", "arrears")}


async def bill_of(line: Line, number: str, product: str = "mobile") -> dict[str, Any]:
    """The last bill: `month` as text, `total` as Decimal, `parts`."""
    bill = await ask_directory(line, "bill", {"product": product, "number": number, "month": None})
    return bill | {"total": Decimal(bill["total"])}


def rows(line: Line, query: str, *values: object) -> list[sqlite3.Row]:
    """Read the line's database beside the running process: numbers the desk shows only masked."""
    with sqlite3.connect(f"file:{line.database}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return database.execute(query, values).fetchall()


def one_number(line: Line, query: str) -> str:
    """The first number the query finds; the demo data is expected to have one."""
    found = rows(line, query)
    assert found, "the demo data has nobody like that"
    return str(found[0]["number"])


async def debtors(line: Line) -> list[DebtorFacts]:
    """Debtors nobody called yet, whom the gate lets through: ordinary level, at least ten yuan, not protected."""
    async with line.sign_in("8101") as desk:
        cases = (await desk.get("/dunning/cases")).json()["items"]
    found = []
    for case in cases:
        customer = rows(
            line, "SELECT contact_number, level, protected FROM customer WHERE customer_id = ?", case["customer_id"]
        )[0]
        untouched = case["state"] == "open" and case["last_result"] is None
        if untouched and customer["level"] == "normal" and not customer["protected"] and Decimal(case["owed"]) >= 10:
            found.append(DebtorFacts(case["case_id"], customer["contact_number"], Decimal(case["owed"])))
    return found


def ordinary_numbers(line: Line) -> list[str]:
    """Mobile numbers of customers who get the plain menu: not VIP, under 65, nothing owed, no open ticket."""
    found = rows(
        line,
        """SELECT number FROM product JOIN customer USING (customer_id)
           WHERE type = 'MOBILE' AND product.status = 'active' AND level = 'normal' AND birth_date > '1975-01-01'
             AND customer_id NOT IN (SELECT customer_id FROM bill WHERE CAST(paid AS REAL) < CAST(total AS REAL))
             AND customer_id NOT IN (SELECT customer_id FROM ticket WHERE customer_id IS NOT NULL AND closed_at IS NULL)
             AND language = 'zh' AND number IN (SELECT number FROM service_password WHERE NOT initial)
           ORDER BY number""",
    )
    return [row["number"] for row in found]
