// Names of the parts of sign-in steps, administration, the audit log and the ticket list; see testids.ts.
export const ADMIN_TESTIDS = {
  steps: { page: 'first-steps', old: 'steps-old', next: 'steps-next', again: 'steps-again', save: 'steps-save', picture: 'steps-picture', secret: 'steps-secret', code: 'steps-code', confirm: 'steps-confirm', recovery: 'steps-recovery', goOn: 'steps-go-on' },
  idle: { lock: 'idle-lock', password: 'idle-password', submit: 'idle-submit' },
  admin: {
    people: 'admin-people', search: 'admin-search', add: 'admin-add', edit: 'admin-edit', menu: 'admin-menu', number: 'admin-number', name: 'admin-name', mobile: 'admin-mobile', mobileNone: 'admin-mobile-none', center: 'admin-center', roles: 'admin-roles', save: 'admin-save', password: 'admin-password',
    act: 'admin-act', tabs: 'admin-tabs', centers: 'admin-centers', sessions: 'admin-sessions', centerId: 'admin-center-id', centerName: 'admin-center-name', centerSave: 'admin-center-save',
  },
  clients: { table: 'clients-table', add: 'clients-add', name: 'clients-name', center: 'clients-center', right: 'clients-right', save: 'clients-save', token: 'clients-token', rotate: 'clients-rotate', disable: 'clients-disable' },
  exports: { table: 'exports-table', grant: 'exports-grant', refuse: 'exports-refuse', take: 'exports-take' },
  roles: { search: 'roles-search', table: 'roles-table', cell: 'roles-cell', count: 'roles-count', reason: 'roles-reason', save: 'roles-save', versions: 'roles-versions', approve: 'roles-approve', refuse: 'roles-refuse', remark: 'roles-remark', back: 'roles-back' },
  versions: { table: 'versions-table', compare: 'versions-compare', back: 'versions-back', lines: 'versions-lines', open: 'versions-open' },
  templates: { list: 'templates-list', row: 'templates-row', add: 'templates-add', edit: 'templates-edit', version: 'templates-version', compare: 'templates-compare', back: 'templates-back', publish: 'templates-publish', withdraw: 'templates-withdraw', id: 'templates-id', name: 'templates-name', subject: 'templates-subject', text: 'templates-text', shown: 'templates-shown', preview: 'templates-preview', save: 'templates-save' },
  messageTexts: { tab: 'message-texts-tab', center: 'message-texts-center', find: 'message-texts-find', row: 'message-texts-row', edit: 'message-texts-edit', field: 'message-texts-field', note: 'message-texts-note', preview: 'message-texts-preview', shown: 'message-texts-shown', problem: 'message-texts-problem', save: 'message-texts-save', publish: 'message-texts-publish', withdraw: 'message-texts-withdraw', version: 'message-texts-version' },
  calendars: { year: 'calendars-year', days: 'calendars-days', day: 'calendars-day', own: 'calendars-own', paste: 'calendars-paste', take: 'calendars-take', reason: 'calendars-reason', save: 'calendars-save', remove: 'calendars-remove' },
  thresholds: { table: 'thresholds-table', value: 'thresholds-value', note: 'thresholds-note', publish: 'thresholds-publish' },
  watched: { customer: 'watched-customer', reason: 'watched-reason', add: 'watched-add', table: 'watched-table', remove: 'watched-remove' },
  audit: { table: 'audit-table', check: 'audit-check', whole: 'audit-whole', actor: 'audit-actor', action: 'audit-action', submit: 'audit-submit', more: 'audit-more', file: 'audit-file' },
  list: {
    row: 'ticket-row', select: 'ticket-select', views: 'ticket-views', view: 'ticket-view', saveView: 'ticket-view-save', viewTitle: 'ticket-view-title', viewShared: 'ticket-view-shared', viewSubmit: 'ticket-view-submit', open: 'tickets-open-only', sort: 'tickets-sort',
    bulk: 'tickets-bulk', bulkAct: 'tickets-bulk-act', bulkComment: 'tickets-bulk-comment', bulkSubmit: 'tickets-bulk-submit', bulkResult: 'tickets-bulk-result', csv: 'tickets-csv', xlsx: 'tickets-xlsx', pages: 'tickets-pages', related: 'ticket-related', attach: 'ticket-attach', files: 'ticket-files',
    templates: 'ticket-templates', templatePreview: 'ticket-template-preview', templateInsert: 'ticket-template-insert', blanks: 'ticket-blanks', preview: 'ticket-file-preview', subtasks: 'ticket-subtasks', note: 'ticket-note', alerts: 'alerts', alert: 'alert', alertsSeen: 'alerts-seen', mentions: 'mentions', mention: 'mention', mentionsRead: 'mentions-read',
  },
} as const
