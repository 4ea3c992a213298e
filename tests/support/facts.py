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


async def bill_of(line: Line, number: str) -> dict[str, Any]:
    """`month` as text; `total`, `balance`, `arrears` as Decimal."""
    token = line.installation.credentials.service_token
    async with httpx.AsyncClient(base_url=line.desk_url, trust_env=False) as http:
        answer = await http.post(
            "/internal/v1/bill", json={"number": number}, headers={"Authorization": f"Bearer {token}"}
        )
    answer.raise_for_status()
    bill: dict[str, Any] = answer.json()
    return bill | {name: Decimal(bill[name]) for name in ("total", "balance", "arrears")}


def rows(line: Line, query: str, *values: object) -> list[sqlite3.Row]:
    """Read the line's database beside the running process: numbers the desk shows only masked."""
    with sqlite3.connect(f"file:{line.database}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        return database.execute(query, values).fetchall()


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
    """Mobile numbers in service of customers who get the plain menu: not VIP, under 65, nothing owed."""
    found = rows(
        line,
        """SELECT number FROM product JOIN customer USING (customer_id)
           WHERE type = 'MOBILE' AND product.status = 'active' AND level = 'normal' AND birth_date > '1975-01-01'
             AND customer_id NOT IN (SELECT customer_id FROM bill WHERE CAST(paid AS REAL) < CAST(total AS REAL))
           ORDER BY number""",
    )
    return [row["number"] for row in found]
