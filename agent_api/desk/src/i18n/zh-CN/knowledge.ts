// Articles, contact reasons with their forms, and scripts.
export default {
  suggestions: {
    title: '知识推荐', notFound: '没有合适的内容？', ask: '提交知识需求', askTicket: '提交并建咨询单', asked: '已记录，同一问题共 {count} 次 {ticket}',
    answer: '已答复客户', answered: '已答复 {ticket}', copy: '复制', copied: '已复制', sent: '已发送', by: { sms: '短信', email: '邮件', fax: '传真' },
    helpful: '有用', unhelpful: '没用', thanks: '感谢反馈',
  },
  reasonForm: {
    text: '请填写', number: '数字', amount: '金额（元），如 12.50', date: '日期', choice: '请选择', phone: '电话号码',
    kind: { text: '文本', number: '数字', amount: '金额', date: '日期', choice: '选项', phone: '电话' },
  },
  knowledge: {
    shelf: { used: '大家常用（近30天）', new: '最近发布' },
    noArticles: '还没有已发布的知识',
    search: '查询', articles: '知识', requests: '知识需求', synonyms: '同义词', choose: '请选择一条知识', queryHint: '关键词、问题、拼音或首字母', nothing: '没有找到',
    internal: '内部', title: '标题', category: '分类', center: '中心', state: '状态', changed: '更新时间', keywords: '关键词', body: '内容', spoken: '语音播报：',
    from: '生效时间', until: '失效时间', whenApproved: '审核通过后', public: '可发送给客户', add: '新建知识', edit: '编辑', save: '保存草稿', allStandings: '全部状态',
    standing: { draft: '草稿', review: '待审核', waiting: '待生效', published: '已发布', replaced: '已被替换', expired: '已失效' },
    event: { submit: '提交审核', approve: '通过并发布', reject: '退回', expire: '立即失效' },
    remark: '请填写退回原因', remarkOf: '审核意见（{who}）：', by: '编写 {author} · 审核 {reviewer}', version: '版本 {number}（{standing}）', newest: '最新版本',
    compare: '与版本 {number} 比较', uses: '用于答复 {answered} 次 · 有用 {helpful} · 没用 {unhelpful}',
    question: '客户的问题', asked: '次数', lastAsked: '最近一次', inWork: '编写中', write: '编写', decline: '不编写', whyNot: '请填写不编写的原因', noRequests: '没有待处理的知识需求',
    synonymsHint: '含义相同的词，用逗号分开', addWords: '添加', shipped: '随产品提供',
  },
  reasons: {
    title: '来电原因', publish: '发布', published: '已发布', note: '修改说明', from: '{center} 版本 {version}。', shipped: '随产品提供的版本。', keys: 'Alt+↑↓ 移动，Delete 删除。',
    choose: '请选择一项', newTitle: '新原因', nodeTitle: '名称', up: '上移', down: '下移', add: '在其后新增', fieldCount: '{count} 项', ticketType: '工单类型',
    words: '推荐知识用词', unit: '建议处理单位', queue: '建议转接队列', say: '提示用语', form: '表单', newField: '新字段', addField: '新增字段', required: '必填', choices: '选项，回车添加',
  },
  scripts: {
    title: '服务用语', brand: '畅联通信', customer: '先生/女士', surname: '客户姓氏或称呼', all: '全部用语', news: '服务用语有更新，请阅读后确认', read: '已阅读并遵守', note: '修改说明（座席可见）',
    add: '新增用语', published: '已发布，座席须确认后方可示闲', variables: '可用变量：品牌、工号、称呼等，如 {\'{\'}agent{\'}\'}。', chinese: '中文', everyQueue: '所有队列', always: '任何时候',
    moments: { ringing: '振铃', talking: '通话', hold: '保持', wrap_up: '整理' },
    situations: {
      greeting: '问候', silence: '电话无声', unclear: '没有听清', not_understood: '客户没有听懂', number_needed: '需要号码', hard_to_reach: '客户抱怨难打通', searching: '查询（60 秒内）',
      long_search: '查询时间较长', note_down: '请客户记录', confirm: '确认', not_offered: '尚未开办', complaint: '建议或投诉', transfer: '转接', hold: '请客户等候', abusive: '言语不文明', ending: '结束',
    },
  },
}
