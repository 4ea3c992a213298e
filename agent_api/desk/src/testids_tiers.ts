// Names that browser tests hold on to: the workflow monitor and the exchange between centres.
export const TIERS_TESTIDS = {
  monitor: {
    total: 'monitor-total', // data-count
    board: 'monitor-board',
    cell: 'monitor-cell', // + "-<stage>-<unit>-<colour>"
    bottleneck: 'monitor-bottleneck', // + "-<stage>"
    forecast: 'monitor-forecast', // + "-<hours>"
    owner: 'monitor-owner', // + "-<unit>-<owner>"
    history: 'monitor-history',
    list: 'monitor-list', // data-total
    exported: 'monitor-export',
    row: 'monitor-row', // + "-<number>", data-colour
    everything: 'monitor-everything',
    act: 'monitor-act', // + "-<urge|reassign|assign|hand_over|supervise>"
    target: 'monitor-target',
    person: 'monitor-person',
    words: 'monitor-words',
    submit: 'monitor-submit',
    result: 'monitor-result', // + "-<number>", data-ok
  },
  exchange: {
    peers: 'exchange-peers',
    peer: 'exchange-peer', // + "-<name>"
    resendAll: 'exchange-resend-all', // + "-<name>"
    outbox: 'exchange-outbox',
    inbox: 'exchange-inbox',
    message: 'exchange-message', // + "-<id>", data-state
    resend: 'exchange-resend', // + "-<id>"
    skip: 'exchange-skip', // + "-<id>"
    settle: 'exchange-settle', // + "-<id>"
    alarm: 'exchange-alarm',
  },
} as const
