// Test ids of the page of customers.
export const CUSTOMER_TESTIDS = {
  customers: {
    file: 'customer-file',
    timeline: 'customer-timeline',
    edit: 'customer-edit',
    editReason: 'customer-edit-reason',
    editManager: 'customer-edit-manager',
    manager: 'customer-manager',
    editEmail: 'customer-edit-email',
    editSave: 'customer-edit-save',
    credit: 'customer-credit', // data-state holds the wire value
    group: 'customer-group',
    tabs: 'customer-tabs',
    importFile: 'customer-import-file',
    importStart: 'customer-import-start',
    imports: 'customer-imports',
    alarms: 'access-alarms',
    alarmAllow: 'access-alarm-allow',
    alarmCheck: 'access-alarm-check',
    blocked: 'blocked-numbers',
    dealers: 'dealers',
  },
} as const
