// Visits, the pool, reviews of emergencies, compensations, sub-tasks.
export default {
  visits: {
    title: '客户回访', state: '列表', mine: '只看我的', plan: '新建计划', export: '导出近30天', next: '领取下一个 (N)', empty: '没有需要回访的客户', noneDue: '现在没有可拨的回访，已排定的见「未完成」',
    number: '回访编号', kind: '类型', about: '事由', contact: '电话', customer: '客户', result: '结果', attempts: '次数', nextAt: '下次联系', due: '要求完成', agent: '回访人', center: '中心',
    call: '一键呼叫', comment: '说明', giveBack: '退回', save: '保存结果', take: '领取', followUp: '已转', figures: '近30天回访情况',
    planTitle: '计划名称', customers: '客户编号（{n} 个）', paste: '每行一个，或用逗号分隔', planSave: '生成回访', planned: '已生成 {n} 个回访',
    leftOut: { unknown: '没有此客户', no_consent: '客户不接受回访', no_number: '没有电话' },
    lists: { due: '现在可拨', open: '未完成', done: '已完成', cancelled: '已取消' },
    states: { PLANNED: '待回访', CALLING: '回访中', DONE: '已完成', CANCELLED: '已取消' },
    results: { satisfied: '满意', neutral: '一般', dissatisfied: '不满意', refused: '拒绝回访', unreached: '未联系上', no_answer: '无人接听', busy: '占线', power_off: '关机', wrong_number: '号码有误', later: '另约时间' },
    missing: { outcome: '请选择结果', comment: '不满意请写明原因', time: '请填写另约的时间' },
    count: { planned: '计划', done: '完成', reached: '接通', satisfied: '满意', dissatisfied: '不满意', refused: '拒绝', unreached: '未联系上', overdue: '超时', doneShare: '回访率', satisfiedShare: '满意率' },
  },
  pool: {
    title: '综合处理', kind: '类型', all: '全部', next: '领取下一件 (N)', empty: '没有等待处理的工作', number: '编号', about: '主题', stage: '阶段', due: '到期', owner: '处理人', first: '首问', claim: '领取', giveBack: '退回',
    stages: { POOLED: '待领取', CLAIMED: '已领取', VERIFYING: '核实中', SOLVED: '已解决', DISPATCHED: '已派发', MERGED: '已合并', ORDER_SUBMITTED: '已转受理', RETURNED_TO_FRONT: '已退前台', TRACKING: '跟踪中', REPLY_READY: '待答复', CUSTOMER_TOLD: '已告知', ARCHIVED: '已归档' },
    kinds: { ticket: '工单', message: '留言', contact: '书面来件', missed: '未接来电', visit: '回访', order: '业务单' },
    reviews: '紧急服务复核', noReviews: '没有待复核的紧急服务', line: '号码', customer: '客户', at: '办理时间', review: '复核', reviewOf: '复核 {number}', outcome: '复核结果', comment: '说明', reviewSave: '保存复核',
    emergency: { stop: '紧急停机', restore: '应急开机' },
  },
  compensation: {
    title: '补偿', waive: '应减免月租', late: '逾期修复{n}天，减免月租', lateOrder: '业务办理逾期{n}天，按资费每日百分之一补偿', amount: '金额（元）', reason: '理由', submit: '提交审批', propose: '提出补偿', grant: '同意', refuse: '不同意',
    states: { PROPOSED: '待审批', APPROVED: '已批准', REJECTED: '未批准', BOOKED: '已到账' },
  },
}
