"""Personal data made safe to show (requirements.md 6.5). Pure; every list, log and export goes through here."""

_COMPOUND = "欧阳司马上官诸葛夏侯皇甫尉迟公孙慕容令狐司徒司空端木东方南宫长孙宇文轩辕独孤百里呼延"
COMPOUND_SURNAMES = frozenset(_COMPOUND[at : at + 2] for at in range(0, len(_COMPOUND), 2))


def mask_name(name: str) -> str:
    """张三 -> 张*, 欧阳锋 -> 欧阳*, Jane Doe -> J***."""
    name = name.strip()
    if not name:
        return ""
    if name[0].isascii():
        return f"{name[0]}***"
    surname = 2 if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else 1
    return name[:surname] + "*" * max(1, len(name) - surname)


def mask_number(number: str) -> str:
    """13812345678 -> 138****5678; shorter numbers keep less, short codes nothing."""
    if len(number) >= 11:
        return f"{number[:3]}****{number[-4:]}"
    if len(number) >= 7:
        return f"****{number[-4:]}"
    return "****" if number else ""


def mask_email(email: str) -> str:
    """anna@x.cn -> a***@x.cn."""
    local, at, domain = email.partition("@")
    return f"{local[:1]}***@{domain}" if at and local else ""


def mask_address(address: str) -> str:
    """City and district only: cut behind the first 区, 县 or second 市."""
    for end in "区县":
        if end in address:
            return address[: address.index(end) + 1] + "***"
    return address[: address.index("市") + 1] + "***" if "市" in address else "***" if address else ""
