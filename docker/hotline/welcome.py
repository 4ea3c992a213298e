"""What a newcomer needs to know once everything runs: addresses, sign-ins, the number to dial."""

from rich.console import Console
from rich.table import Table

from hotline.installation import Installation
from hotline.nodes import CUSTOMER_PHONES

DEMO_PASSWORD = "Hotline@2026"


def print_welcome(console: Console, installation: Installation) -> None:
    settings = installation.settings
    table = Table(box=None, show_header=False, padding=(0, 2))
    table.add_row("Web desk", f"http://{settings.bind}:{settings.desk_port}/")
    if settings.demo_data:
        table.add_row("", f"agent 8001, supervisor 8101, password {DEMO_PASSWORD}")
    user, number = CUSTOMER_PHONES[0]
    table.add_row("Call the hotline", "dial 10010 from any SIP telephone:")
    table.add_row(
        "",
        f"server {settings.bind}:{settings.sip_port} (udp) or :{settings.sip_tls_port} (tls), user {user}, "
        f"password {installation.credentials.customer_phone}",
    )
    table.add_row("", f"({', '.join(name for name, _ in CUSTOMER_PHONES)}: same password; {user} is {number})")
    table.add_row("", "an agent's own telephone instead of the browser: .venv/bin/hotline phones")
    if settings.demo_data:
        table.add_row("", "service password of the demo subscribers: 135790")
    table.add_row("No telephone?", "make demo (in a second terminal): customers and agents come by themselves")
    table.add_row("How is it?", "make status, .venv/bin/hotline logs")
    console.print()
    console.print(table)
    console.print("\nCtrl-C ends everything.")
