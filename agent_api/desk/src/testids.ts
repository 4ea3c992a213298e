import { TIERS_TESTIDS } from './testids_tiers'
import { CONTACT_TESTIDS } from './testids_contacts'
import { ADMIN_TESTIDS } from './testids_admin'
import { CUSTOMER_TESTIDS } from './testids_customers'
import { FLOOR_TESTIDS } from './testids_floor'
import { KNOWLEDGE_TESTIDS } from './testids_knowledge'
import { POOL_TESTIDS } from './testids_pool'

// Names that browser tests hold on to (tests/browser/desk_pages.py uses the same). Stable: texts may change, these not.
export const TESTIDS = {
  ...POOL_TESTIDS,
  signIn: {
    form: 'signin-form',
    agentNo: 'signin-agent-no',
    password: 'signin-password',
    code: 'signin-code',
    submit: 'signin-submit',
    error: 'signin-error',
  },
  shell: {
    nav: 'shell-nav', // + "-<page>"
    user: 'shell-user',
    signOut: 'shell-sign-out',
    language: 'shell-language',
    help: 'shell-help',
    helpDialog: 'shell-help-dialog',
    connectionBanner: 'connection-banner',
    expiredBanner: 'expired-banner',
    keptBanner: 'kept-banner',
    elsewhereBanner: 'elsewhere-banner',
    moveHere: 'move-here',
    broadcasts: 'broadcasts',
    broadcast: 'broadcast',
    broadcastRead: 'broadcast-read',
  },
  state: {
    pill: 'agent-state', // data-state holds the wire value
    timer: 'agent-state-timer',
    login: 'agent-login',
    ready: 'agent-ready',
    pauseMenu: 'agent-pause-menu',
    pauseReason: 'agent-pause', // + "-<reason>"
    logout: 'agent-logout',
    device: 'agent-device', // + "-<browser|phone>"
    pauseLeft: 'agent-pause-left', // data-stage
    wrapUpLeft: 'agent-wrap-up-left',
    wrapUpMore: 'agent-wrap-up-more',
    wrapUpDone: 'agent-wrap-up-done',
  },
  softphone: {
    bar: 'softphone', // data-line and data-phase hold the machine's words
    line: 'softphone-line',
    party: 'softphone-party',
    timer: 'softphone-timer',
    answer: 'softphone-answer',
    hangUp: 'softphone-hangup',
    hold: 'softphone-hold',
    mute: 'softphone-mute',
    keypad: 'softphone-keypad',
    key: 'softphone-key', // + "-<tone>"
    settings: 'softphone-settings',
    echo: 'softphone-echo',
    autoAnswer: 'softphone-auto-answer',
    takeOver: 'softphone-take-over',
    retry: 'softphone-retry',
    remoteAudio: 'softphone-remote-audio',
  },
  pop: {
    panel: 'pop', // data-call-id
    caller: 'pop-caller',
    queue: 'pop-queue',
    auth: 'pop-auth',
    wait: 'pop-wait',
    decision: 'pop-decision',
    ivrPath: 'pop-ivr-path',
    ended: 'pop-ended',
    story: 'pop-story',
  },
  customer: {
    search: 'customer-search',
    searchSubmit: 'customer-search-submit',
    result: 'customer-result',
    card: 'customer-card', // data-customer-id
    name: 'customer-name',
    number: 'customer-number',
    level: 'customer-level',
    arrears: 'customer-arrears',
    credit: 'customer-credit',
    products: 'customer-products',
    bills: 'customer-bills',
    contacts: 'customer-contacts',
    openTickets: 'customer-open-tickets',
    unmask: 'customer-unmask', // + "-<field>"
    unmaskReason: 'unmask-reason',
    unmaskSubmit: 'unmask-submit',
  },
  ticketForm: {
    form: 'ticket-form',
    type: 'ticket-type', // + "-<type>"
    title: 'ticket-title',
    category: 'ticket-category',
    level: 'ticket-level',
    description: 'ticket-description',
    contact: 'ticket-contact',
    submit: 'ticket-submit',
    created: 'ticket-created',
  },
  wrapUp: {
    form: 'wrapup-form',
    reason: 'wrapup-reason',
    notes: 'wrapup-notes',
    resolved: 'wrapup-resolved',
    countdown: 'wrapup-countdown',
    save: 'wrapup-save',
    finish: 'wrapup-finish',
    saved: 'wrapup-saved',
  },
  history: { table: 'history', row: 'history-row', myDay: 'my-day' },
  tickets: {
    table: 'tickets-table',
    search: 'tickets-search',
    detail: 'ticket-detail', // data-state
    event: 'ticket-event', // + "-<event>"
    comment: 'ticket-comment',
    timeline: 'ticket-timeline',
    clocks: 'ticket-clocks',
    carried: 'ticket-carried',
  },
  wallboard: {
    page: 'wallboard',
    tile: 'wall-tile', // + "-<name>"
    queues: 'wall-queues',
    queueRow: 'wall-queue', // + "-<queue>"
    agents: 'wall-agents',
    agentCard: 'wall-agent', // + "-<agent_no>", data-state
    kpi: 'wall-kpi', // + "-<id>"
    chart: 'wall-chart',
    fullScreen: 'wall-fullscreen',
  },
  stats: { kpis: 'stats-kpis', chart: 'stats-chart', csv: 'stats-csv', xlsx: 'stats-xlsx', queue: 'stats-queue' },
  dunning: {
    table: 'dunning-table',
    dial: 'dunning-dial', // + "-<case_id>"
    attempts: 'dunning-attempts',
    payment: 'dunning-payment', // + "-<case_id>"
    paymentAmount: 'dunning-payment-amount',
    paymentSubmit: 'dunning-payment-submit',
  },
  menus: {
    graph: 'menu-graph',
    node: 'menu-node', // + "-<node id>"
    fold: 'menu-fold', // + "-<node id>"
    zoom: 'menu-zoom', // + "-<in|out|fit|unfold|fold>"
    center: 'menu-center',
    shown: 'menu-shown', // data-version, data-state, data-dirty
    search: 'menu-search',
    undo: 'menu-undo',
    redo: 'menu-redo',
    compare: 'menu-compare',
    save: 'menu-save',
    publish: 'menu-publish',
    publishNote: 'menu-publish-note',
    publishLater: 'menu-publish-later',
    publishAt: 'menu-publish-at',
    publishSubmit: 'menu-publish-submit',
    changes: 'menu-changes',
    tabs: 'menu-tabs',
    tab: 'menu-tab', // + "-<node|tree|problems|try|prompts|versions>"
    panel: 'menu-panel', // data-node
    title: 'menu-title',
    remove: 'menu-remove',
    prompts: 'menu-prompts',
    promptAdd: 'menu-prompt-add',
    promptNew: 'menu-prompt-new',
    promptRemove: 'menu-prompt-remove',
    promptSlug: 'menu-prompt-slug',
    promptZh: 'menu-prompt-zh',
    promptEn: 'menu-prompt-en',
    promptByFile: 'menu-prompt-by-file',
    promptFile: 'menu-prompt-file',
    promptSubmit: 'menu-prompt-submit',
    play: 'menu-play', // + "-<zh|en>"
    keys: 'menu-keys',
    key: 'menu-key', // + "-<key>"
    addKey: 'menu-add-key', // + "-<key>"
    target: 'menu-target',
    newTarget: 'menu-new-target',
    next: 'menu-next',
    newKind: 'menu-new-kind', // + "-<kind>"
    newTitle: 'menu-new-title',
    newId: 'menu-new-id',
    newSubmit: 'menu-new-submit',
    treePanel: 'menu-tree-panel',
    entry: 'menu-entry',
    calendar: 'menu-calendar',
    problems: 'menu-problems',
    problem: 'menu-problem', // data-node, data-code
    problemCount: 'menu-problem-count',
    library: 'menu-library',
    versions: 'menu-versions',
    version: 'menu-version', // + "-<number>", data-state
    rollback: 'menu-rollback',
    withdraw: 'menu-withdraw',
    numbers: 'menu-numbers',
    simulator: 'menu-simulator',
    simStart: 'menu-sim-start',
    simKey: 'menu-sim-key', // + "-<key>"
    simOutcome: 'menu-sim-outcome', // + "-<outcome>"
    simSteps: 'menu-sim-steps',
    simEnd: 'menu-sim-end',
  },
  announcements: {
    table: 'announcements',
    add: 'announcement-add',
    active: 'announcement-active', // + "-<id>"
    form: 'announcement-form',
    title: 'announcement-title',
    submit: 'announcement-submit',
  },
  orders: {
    table: 'orders',
    row: 'order', // + "-<order no>", data-state
    add: 'order-add',
    number: 'order-number',
    service: 'order-service',
    choice: 'order-choice',
    ask: 'order-quote',
    fee: 'order-fee',
    agreed: 'order-agreed',
    submit: 'order-submit',
    event: 'order-event', // + "-<event>"
  },
  ...FLOOR_TESTIDS,
  ...ADMIN_TESTIDS,
  sound: { open: 'sound-open', player: 'sound-player', wave: 'sound-wave', toggle: 'sound-toggle', time: 'sound-time' },
  recording: {
    box: 'recording', // data-state
    open: 'recording-open',
    player: 'recording-player', // data-playing, data-at
    wave: 'recording-wave',
    toggle: 'recording-toggle',
    time: 'recording-time',
    side: 'recording-side', // + "-<side>"
    speed: 'recording-speed',
    export: 'recording-export',
    hold: 'recording-hold',
  },
  password: { ask: 'password-ask', state: 'password-state', unlock: 'password-unlock' },
  messages: { table: 'messages' },
  ...CONTACT_TESTIDS,
  ...TIERS_TESTIDS,
  ...CUSTOMER_TESTIDS,
  ...KNOWLEDGE_TESTIDS,
  view: { loading: 'view-loading', empty: 'view-empty', error: 'view-error', notConfigured: 'view-not-configured', offline: 'view-offline' },
} as const
