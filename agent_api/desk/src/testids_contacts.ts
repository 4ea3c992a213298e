// Test ids of the inbox of written contacts and of the page for customers.
export const CONTACT_TESTIDS = {
  contacts: {
    table: 'contacts-table',
    detail: 'contact-detail',
    state: 'contact-state', // data-state holds the wire value
    act: 'contact-act', // + "-<act>"
    register: 'contact-register',
    registerSave: 'contact-register-save',
    template: 'contact-template',
    replyText: 'contact-reply-text',
    replySend: 'contact-reply-send',
    enter: 'contact-enter',
    enterSave: 'contact-enter-save',
    page: 'contact-page',
    preview: 'contact-preview', // + "-<file or reply>"
  },
  service: {
    language: 'service-language',
    nav: 'service-nav', // + "-<place>"
    signOut: 'service-sign-out',
    signIn: 'service-sign-in',
    sendCode: 'service-send-code',
    enter: 'service-enter',
    form: 'service-form',
    submit: 'service-submit',
    filed: 'service-filed',
    look: 'service-look',
    progress: 'service-progress',
    ask: 'service-ask',
    found: 'service-found',
    matters: 'service-matters',
    matter: 'service-matter',
    state: 'service-state',
    said: 'service-said',
    add: 'service-add',
    urge: 'service-urge',
    withdraw: 'service-withdraw',
    withdrawSure: 'service-withdraw-sure',
  },
} as const
