"""A customer system that speaks TMF629, 678, 622 and 676 (v4), with a few customers and faults on demand.

Its own process: `python -m tests.support.tmf_server`; prints its port. Written from the specifications, not from our
adapter.
"""

import asyncio
import sys
from typing import Any
from uuid import uuid4

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi.responses import JSONResponse

Json = dict[str, Any]
app = FastAPI(openapi_url=None)
TOKEN = "token-of-the-test"


def _customer(ref: str, name: str, number: str, account: str) -> Json:
    return {
        "id": ref,
        "href": f"/tmf-api/customerManagement/v4/customer/{ref}",
        "name": name,
        "status": "active",
        "engagedParty": {"id": f"P-{ref}", "name": name, "@referredType": "Individual"},
        "account": [{"id": account, "name": "main", "@referredType": "BillingAccount"}],
        "contactMedium": [
            {"mediumType": "phone", "preferred": True, "characteristic": {"phoneNumber": number}},
            {"mediumType": "email", "preferred": False, "characteristic": {"emailAddress": "a@example.cn"}},
            {"mediumType": "postalAddress", "preferred": False, "characteristic": {"street1": "示例路1号"}},
        ],
        "creditProfile": [{"creditProfileDate": "2026-01-01", "validFor": {}, "creditRiskRating": "A"}],
        "characteristic": [
            {"name": "level", "value": "normal"},
            {"name": "starLevel", "value": 3},
            {"name": "language", "value": "zh"},
            {"name": "line", "value": {"number": number, "type": "MOBILE", "plan": "畅享99元套餐", "status": "active"}},
        ],
    }


def _bill(number: int, account: str, month: str, total: float, remaining: float) -> Json:
    return {
        "id": str(number),
        "billNo": f"B{number:04d}",
        "billingAccount": {"id": account, "@referredType": "BillingAccount"},
        "billingPeriod": {"startDateTime": f"{month}-01T00:00:00Z", "endDateTime": f"{month}-28T00:00:00Z"},
        "taxIncludedAmount": {"unit": "CNY", "value": total},
        "remainingAmount": {"unit": "CNY", "value": remaining},
        "paymentDueDate": f"{month}-28T00:00:00Z",
        "state": "sent" if remaining else "settled",
    }


CUSTOMERS = {"C000001": _customer("C000001", "王嘉", "13900000001", "A-1")}
BILLS = [_bill(1, "A-1", "2026-10", 128.5, 20.0), _bill(2, "A-1", "2026-09", 99.0, 0), _bill(3, "A-2", "2026-10", 9, 9)]
RATES = {
    "1": [("套餐月费", 99.0), ("套餐外流量费", 29.5)],
    "2": [("套餐月费", 99.0)],
    "3": [("套餐月费", 9.0)],
}
ORDERS: dict[str, Json] = {}
PAYMENTS: dict[str, Json] = {}
FAULT: Json = {"kind": "", "times": 0}
ASKED: list[str] = []


@app.middleware("http")
async def faults(request: Request, go_on: Any) -> Response:
    if request.url.path.startswith("/test/"):
        answer: Response = await go_on(request)
        return answer
    ASKED.append(f"{request.method} {request.url.path}")
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        return _error(401)
    if FAULT["times"]:
        FAULT["times"] -= 1
        match FAULT["kind"]:
            case "500":
                return _error(500)
            case "slow":
                await asyncio.sleep(5)
            case "nonsense":
                return Response("<html>", media_type="text/html")
            case "empty":
                return JSONResponse([{}] if "?" in str(request.url) else {})
    found: Response = await go_on(request)
    return found


def _error(status: int) -> JSONResponse:
    return JSONResponse({"code": str(status), "reason": "asked for by the test"}, status)


@app.post("/test/fault/{kind}/{times}")
async def fault(kind: str, times: int) -> int:
    FAULT.update(kind=kind, times=times)
    ASKED.clear()
    return times


@app.get("/test/asked")
async def asked() -> list[str]:
    return ASKED


@app.get("/tmf-api/customerManagement/v4/customer")
async def customers(request: Request) -> list[Json]:
    query = request.query_params
    phone, line = query.get("contactMedium.characteristic.phoneNumber"), query.get("characteristic.line.number")
    return [
        each
        for each in CUSTOMERS.values()
        if (phone and any(one["characteristic"].get("phoneNumber") == phone for one in each["contactMedium"]))
        or (line and any(one["value"].get("number") == line for one in each["characteristic"] if one["name"] == "line"))
    ]


@app.get("/tmf-api/customerManagement/v4/customer/{ref}")
async def customer(ref: str) -> JSONResponse:
    return JSONResponse(CUSTOMERS[ref]) if ref in CUSTOMERS else _error(404)


@app.patch("/tmf-api/customerManagement/v4/customer/{ref}")
async def patch(ref: str, body: Json) -> JSONResponse:
    if ref not in CUSTOMERS:
        return _error(404)
    if body.keys() & {"id", "href"}:
        return _error(400)
    CUSTOMERS[ref] |= body
    return JSONResponse(CUSTOMERS[ref])


@app.get("/tmf-api/customerBillManagement/v4/customerBill")
async def bills(request: Request) -> list[Json]:
    account = request.query_params.get("billingAccount.id")
    return [each for each in BILLS if each["billingAccount"]["id"] == account]


@app.get("/tmf-api/customerBillManagement/v4/appliedCustomerBillingRate")
async def rates(request: Request) -> list[Json]:
    product = {"id": "13900000001", "name": "MOBILE"}
    return [
        {"name": name, "product": product, "taxIncludedAmount": {"unit": "CNY", "value": value}}
        for name, value in RATES.get(request.query_params.get("bill.id", ""), [])
    ]


@app.get("/tmf-api/productOrderingManagement/v4/productOrder")
async def orders(request: Request) -> list[Json]:
    return [each for each in ORDERS.values() if each.get("externalId") == request.query_params.get("externalId")]


@app.get("/tmf-api/productOrderingManagement/v4/productOrder/{ref}")
async def order(ref: str) -> JSONResponse:
    return JSONResponse(ORDERS[ref]) if ref in ORDERS else _error(404)


@app.post("/tmf-api/productOrderingManagement/v4/productOrder")
async def new_order(body: Json) -> JSONResponse:
    items = body.get("productOrderItem") or []
    lines = [
        one["value"]["number"]
        for party in body.get("relatedParty", [])
        for one in CUSTOMERS.get(party["id"], {}).get("characteristic", [])
        if one["name"] == "line"
    ]
    for item in items:
        offer = item.get("productOffering", {}).get("id")
        if not {"id", "action"} <= item.keys() or item["product"]["id"] not in lines or offer == "nothing_like_it":
            return _error(400)
    made = body | {"id": uuid4().hex, "state": "acknowledged"}
    ORDERS[made["id"]] = made
    return JSONResponse(made, 201)


@app.get("/payment/v4/payment")
async def payments(request: Request) -> list[Json]:
    return [each for each in PAYMENTS.values() if each["correlatorId"] == request.query_params.get("correlatorId")]


@app.post("/payment/v4/payment")
async def pay(body: Json) -> JSONResponse:
    if not {"account", "paymentMethod", "totalAmount"} <= body.keys():
        return _error(400)
    made = body | {"id": uuid4().hex, "status": "captured"}
    PAYMENTS[made["id"]] = made
    rest = body["totalAmount"]["value"]
    for each in BILLS:
        if each["billingAccount"]["id"] == body["account"]["id"]:
            part = min(rest, each["remainingAmount"]["value"])
            each["remainingAmount"]["value"] -= part
            rest -= part
    return JSONResponse(made, 201)


async def _serve() -> None:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn offers nothing to wait for
        await asyncio.sleep(0.01)
    sys.stdout.write(f"{server.servers[0].sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await running


if __name__ == "__main__":
    asyncio.run(_serve())
