// Names that browser tests hold on to: visits, the pool, reviews of emergencies, compensations.
export const POOL_TESTIDS = {
  visits: {
    table: 'visits-table', // data-total
    row: 'visits-row', // + "-<number>", data-state
    list: 'visits-list', // + "-<state>"
    next: 'visits-next',
    take: 'visits-take',
    dialog: 'visits-dialog', // data-state
    call: 'visits-call',
    outcome: 'visits-outcome', // + "-<outcome>"
    comment: 'visits-comment',
    submit: 'visits-submit',
    back: 'visits-back',
    plan: 'visits-plan',
    planSubmit: 'visits-plan-submit',
    exported: 'visits-export',
    figures: 'visits-figures',
  },
  pool: {
    table: 'pool-table', // data-total
    row: 'pool-row', // + "-<number>", data-stage
    kind: 'pool-kind', // + "-<kind>", data-count
    next: 'pool-next',
    claim: 'pool-claim', // + "-<number>"
    emergencies: 'pool-emergencies',
    review: 'pool-review', // + "-<case>"
    reviewSubmit: 'pool-review-submit',
  },
  compensation: {
    panel: 'compensation-panel',
    propose: 'compensation-propose',
    amount: 'compensation-amount',
    grant: 'compensation-grant', // + "-<id>"
  },
} as const
