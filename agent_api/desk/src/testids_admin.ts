// Names of the parts of sign-in steps, administration, the audit log and the ticket list; see testids.ts.
export const ADMIN_TESTIDS = {
  steps: { page: 'first-steps', old: 'steps-old', next: 'steps-next', again: 'steps-again', save: 'steps-save', picture: 'steps-picture', secret: 'steps-secret', code: 'steps-code', confirm: 'steps-confirm', recovery: 'steps-recovery', goOn: 'steps-go-on' },
  idle: { lock: 'idle-lock', password: 'idle-password', submit: 'idle-submit' },
  admin: {
    people: 'admin-people', search: 'admin-search', add: 'admin-add', edit: 'admin-edit', menu: 'admin-menu', number: 'admin-number', name: 'admin-name', center: 'admin-center', roles: 'admin-roles', save: 'admin-save', password: 'admin-password',
    act: 'admin-act', tabs: 'admin-tabs', centers: 'admin-centers', sessions: 'admin-sessions', centerId: 'admin-center-id', centerName: 'admin-center-name', centerSave: 'admin-center-save',
  },
  roles: { search: 'roles-search', table: 'roles-table', cell: 'roles-cell', count: 'roles-count', reason: 'roles-reason', save: 'roles-save', versions: 'roles-versions', approve: 'roles-approve', refuse: 'roles-refuse', remark: 'roles-remark', back: 'roles-back' },
  audit: { table: 'audit-table', check: 'audit-check', whole: 'audit-whole', actor: 'audit-actor', action: 'audit-action', submit: 'audit-submit', more: 'audit-more', file: 'audit-file' },
  list: {
    row: 'ticket-row', select: 'ticket-select', views: 'ticket-views', view: 'ticket-view', saveView: 'ticket-view-save', viewTitle: 'ticket-view-title', viewShared: 'ticket-view-shared', viewSubmit: 'ticket-view-submit', open: 'tickets-open-only', sort: 'tickets-sort',
    bulk: 'tickets-bulk', bulkAct: 'tickets-bulk-act', bulkComment: 'tickets-bulk-comment', bulkSubmit: 'tickets-bulk-submit', bulkResult: 'tickets-bulk-result', csv: 'tickets-csv', xlsx: 'tickets-xlsx', pages: 'tickets-pages', related: 'ticket-related', attach: 'ticket-attach', files: 'ticket-files',
    templates: 'ticket-templates', mentions: 'mentions', mention: 'mention', mentionsRead: 'mentions-read',
  },
} as const
