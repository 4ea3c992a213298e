// Names of the parts where calls are steered and the floor is watched; see testids.ts.
export const FLOOR_TESTIDS = {
  control: {
    bar: 'call-control', // data-call-id, data-consult, data-parties, data-recording
    button: 'call-control', // + "-<action>"
    end: 'call-end', // + "-<survey|plain>"
    story: 'call-control-story',
    targets: 'call-targets',
    search: 'call-target-search',
    note: 'call-target-note',
    target: 'call-target', // + "-<id>"
  },
  floor: {
    page: 'floor',
    queueFilter: 'floor-queue-filter',
    centerFilter: 'floor-center-filter',
    agents: 'floor-agents',
    agent: 'floor-agent', // + "-<agent_no>", data-state
    agentMenu: 'floor-agent-menu', // + "-<agent_no>"
    force: 'floor-force', // + "-<ready|logout|assign|pause-reason>"
    assign: 'floor-assign',
    assignSubmit: 'floor-assign-submit',
    calls: 'floor-calls',
    call: 'floor-call', // + "-<agent_no>", data-call-id, data-state, data-spied
    spy: 'floor-spy', // + "-<listen|whisper|barge|stop>"
    takeOver: 'floor-take-over',
    mine: 'floor-my-listening', // data-hears
    waiting: 'floor-waiting',
    waitingRow: 'floor-waiting-row', // data-call-id
    redirect: 'floor-redirect',
    help: 'floor-help',
    helpRow: 'floor-help-row', // data-call-id
    overdue: 'floor-overdue',
    overdueRow: 'floor-overdue-row', // + "-<agent_no>"
    queues: 'floor-queues',
    queue: 'floor-queue', // + "-<queue>", data-closed
    close: 'floor-queue-close', // + "-<queue>"
    broadcast: 'floor-broadcast',
    broadcastText: 'floor-broadcast-text',
    broadcastSubmit: 'floor-broadcast-submit',
    alarm: 'floor-alarm', // + "-<name>", data-severity
    alarmSettings: 'floor-alarm-settings',
    missed: 'floor-missed',
    callBack: 'floor-call-back', // + "-<call_id>"
  },
  queues: {
    list: 'queue-list',
    row: 'queue-row', // + "-<queue>"
    shown: 'queue-shown', // data-version, data-dirty
    tab: 'queue-tab', // + "-<name>"
    title: 'queue-title',
    add: 'queue-add',
    remove: 'queue-remove',
    newName: 'queue-new-name',
    newSubmit: 'queue-new-submit',
    skillAdd: 'queue-skill-add',
    level: 'queue-level',
    timeline: 'queue-timeline',
    problems: 'queue-problems',
    problem: 'queue-problem', // data-where
    changes: 'queue-changes',
    undo: 'queue-undo',
    redo: 'queue-redo',
    publish: 'queue-publish',
    publishNote: 'queue-publish-note',
    publishSubmit: 'queue-publish-submit',
    versions: 'queue-versions',
    version: 'queue-version', // + "-<number>"
    rollback: 'queue-rollback',
    openVersion: 'queue-version-open', // + "-<number>"
    comparison: 'queue-comparison',
    against: 'queue-against',
    editVersion: 'queue-version-edit',
  },
  callbacks: { table: 'callbacks', row: 'callback', book: 'callback-book', number: 'callback-number', queue: 'callback-queue', submit: 'callback-submit', cancel: 'callback-cancel' },
  planner: { chart: 'planner-chart', exported: 'planner-export', table: 'planner-table', whatIf: 'planner-what-if', whatIfSubmit: 'planner-what-if-submit', whatIfRows: 'planner-what-if-rows' },
  retention: { table: 'retention', change: 'retention-change', own: 'retention-own', days: 'retention-days', reason: 'retention-reason', submit: 'retention-submit' },
  calls: { filter: 'calls-filter', number: 'calls-number', agent: 'calls-agent', ticket: 'calls-ticket', submit: 'calls-submit', clear: 'calls-clear', more: 'calls-more', table: 'calls', row: 'calls-row', why: 'call-why', story: 'call-story', detail: 'call-detail' },
} as const
