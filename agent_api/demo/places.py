"""Centres and staff of the demo. Data only."""

from agent_api.auth.models import Center
from agent_api.auth.service import NewStaff

PASSWORD = "Hotline@2026"

CENTERS = (
    # id, name, level, parent
    ("cn", "全国客户服务中心", "N", None),
    ("js", "江苏省客户服务中心", "P", "cn"),
    ("sc", "四川省客户服务中心", "P", "cn"),
    ("js-nj", "南京市客户服务中心", "C", "js"),
    ("js-sz", "苏州市客户服务中心", "C", "js"),
    ("sc-cd", "成都市客户服务中心", "C", "sc"),
    ("sc-my", "绵阳市客户服务中心", "C", "sc"),
)

CITIES = (
    # centre, city, area code, districts
    ("js-nj", "江苏省南京市", "025", ("玄武区", "鼓楼区", "建邺区")),
    ("js-sz", "江苏省苏州市", "0512", ("姑苏区", "吴中区", "虎丘区")),
    ("sc-cd", "四川省成都市", "028", ("锦江区", "青羊区", "武侯区")),
    ("sc-my", "四川省绵阳市", "0816", ("涪城区", "游仙区", "安州区")),
)

_ALL = ("general", "bill", "complaint", "vip", "emergency", "senior", "dealer", "dunning", "english")
_COMMON = ("general", "bill", "emergency", "senior", "dealer")


def _skills(queues: tuple[str, ...], level: int) -> tuple[tuple[str, int], ...]:
    """The skill a queue asks for has the queue's name, except that emergency, senior and dealer ask for `general`."""
    names = {"general" if queue in ("emergency", "senior", "dealer") else queue for queue in queues}
    return tuple(sorted((name, level) for name in names))


def _person(
    number: str, name: str, center: str, roles: tuple[str, ...], queues: tuple[str, ...], level: int
) -> NewStaff:
    mobile = f"1370000{number}" if "agent_vip" in roles else ""
    return NewStaff(number, name, center, roles, queues, _skills(queues, level), mobile=mobile)


STAFF: tuple[NewStaff, ...] = (
    _person("8001", "林晓雯", "js", ("agent",), _ALL, 9),
    _person("8002", "陈思远", "js", ("agent",), _ALL, 8),
    _person("8003", "赵雨桐", "js", ("agent",), _COMMON, 7),
    _person("8004", "孙明哲", "js", ("agent",), _COMMON, 6),
    _person("8005", "周佳宁", "js-nj", ("agent",), _COMMON, 6),
    _person("8006", "吴子涵", "js-sz", ("agent",), _COMMON, 5),
    _person("8007", "郑一鸣", "sc", ("agent",), _COMMON, 7),
    _person("8008", "王若溪", "sc", ("agent", "agent_vip"), (*_COMMON, "vip"), 8),
    _person("8009", "冯嘉怡", "sc", ("agent", "agent_vip"), ("vip", "general"), 9),
    _person("8010", "褚文博", "sc-cd", ("agent",), ("complaint", "general"), 7),
    _person("8011", "卫思琪", "sc-my", ("agent",), ("english", "general"), 8),
    _person("8012", "蒋浩然", "js", ("agent", "agent_outbound"), ("dunning", "general"), 7),
    _person("8101", "沈国栋", "js", ("supervisor", "team_leader"), ("general", "complaint"), 9),
    _person("8102", "韩雪莹", "sc", ("supervisor", "team_leader"), ("general", "complaint"), 9),
    _person("8103", "杨立新", "js", ("supervisor", "credit_officer"), ("general", "dunning"), 9),
    _person("8201", "朱远航", "cn", ("national_supervisor",), (), 9),
    _person("8202", "孟书航", "cn", ("complaint_handler", "dispatcher"), (), 7),
    _person("8301", "秦书瑶", "js", ("complaint_handler", "dispatcher"), ("complaint",), 9),
    _person("8302", "尤子墨", "js-nj", ("city_receiver", "city_handler"), (), 5),
    _person("8303", "许安然", "js-nj", ("city_leader",), (), 5),
    _person("8304", "罗亦凡", "sc", ("complaint_handler", "dispatcher"), (), 7),
    _person("8401", "何静姝", "js", ("credit_officer",), (), 5),
    _person("8501", "吕思齐", "js", ("qa", "report_user"), (), 5),
    _person("8601", "王思源", "js", ("ivr_admin",), (), 5),
    _person("8602", "李若溪", "cn", ("ivr_admin",), (), 5),
    _person("8701", "方知远", "js", ("kb_editor",), (), 5),
    _person("8702", "梁慎言", "js", ("kb_approver",), (), 5),
    _person("8703", "顾文澜", "cn", ("kb_editor",), (), 5),
    _person("8704", "钟守正", "cn", ("kb_approver",), (), 5),
    _person("9001", "施振宇", "cn", ("sys_admin",), (), 5),
    _person("9002", "张慎之", "cn", ("security_auditor",), (), 5),
    _person("9003", "严守诚", "cn", ("sys_admin",), (), 5),
    _person("9004", "尹立言", "js", ("sys_admin",), (), 5),
)


def centers() -> list[Center]:
    """Parents before their children."""
    return [
        Center(center_id=center_id, name=name, level=level, parent_id=parent)
        for center_id, name, level, parent in CENTERS
    ]
