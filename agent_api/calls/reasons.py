"""Why customers call: the three-level tree agents choose from at the end of a call. Data only."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    title: str
    children: tuple["Reason", ...] = ()


def _branch(code: str, title: str, **children: tuple[str, ...]) -> Reason:
    """`_branch("Q", "查询", BILL=("话费", "月账单", …))`: codes Q, Q.BILL, Q.BILL.1 …"""
    return Reason(
        code,
        title,
        tuple(
            Reason(
                f"{code}.{name}",
                titles[0],
                tuple(Reason(f"{code}.{name}.{number}", leaf) for number, leaf in enumerate(titles[1:], 1)),
            )
            for name, titles in children.items()
        ),
    )


CONTACT_REASONS: tuple[Reason, ...] = (
    _branch(
        "Q",
        "查询",
        BILL=("话费查询", "月账单", "实时话费", "余额", "缴费记录", "详单"),
        PLAN=("套餐与余量", "套餐内容", "流量余量", "语音余量", "积分"),
        STATUS=("状态查询", "停机原因", "订单进度", "工单进度"),
    ),
    _branch(
        "C",
        "咨询",
        TARIFF=("资费咨询", "套餐资费", "国际漫游", "长途资费", "宽带资费"),
        SERVICE=("业务咨询", "办理条件", "营业厅地址", "服务密码", "电子发票"),
        PROMO=("活动咨询", "优惠活动", "合约购机"),
    ),
    _branch(
        "H",
        "办理",
        CHANGE=("变更", "套餐变更", "增值业务开通", "增值业务取消", "呼叫转移"),
        STOP=("停复机", "停机保号", "复机", "挂失", "解挂"),
        OPEN=("新装与销户", "新装宽带", "移机", "销户"),
    ),
    _branch(
        "F",
        "报障",
        MOBILE=("移动网络", "无信号", "上网慢", "通话中断"),
        BROADBAND=("宽带", "无法上网", "频繁掉线", "网速不达标"),
        FIXED=("固话", "无拨号音", "杂音"),
    ),
    _branch(
        "T",
        "投诉",
        CHARGE=("收费争议", "多收费", "未订购扣费", "套餐外费用", "滞纳金"),
        SERVICE=("服务态度", "营业厅", "热线", "装维人员"),
        QUALITY=("网络质量", "覆盖", "速率"),
        DUNNING=("催缴", "已缴仍催", "非本人", "频次过高"),
    ),
    _branch(
        "A",
        "欠费",
        PAY=("缴费", "承诺缴费", "已缴费", "缴费方式"),
        RESTORE=("复机", "缴费后未复机", "紧急开机"),
    ),
    _branch(
        "O",
        "其他",
        PRAISE=("表扬建议", "表扬", "建议"),
        NONE=("无效来电", "无声电话", "骚扰", "打错"),
    ),
)


def _leaves() -> dict[str, str]:
    return {
        leaf.code: f"{top.title}>{middle.title}>{leaf.title}"
        for top in CONTACT_REASONS
        for middle in top.children
        for leaf in middle.children
    }


LEAF_TITLES: dict[str, str] = _leaves()
"""Code of each third-level reason to its full path in words. Only these can be chosen."""
