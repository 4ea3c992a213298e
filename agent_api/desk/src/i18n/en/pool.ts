// Visits, the pool, reviews of emergencies, compensations, sub-tasks.
export default {
  visits: {
    title: 'Visits to customers', state: 'List', mine: 'Mine only', plan: 'New plan', export: 'Export 30 days', next: 'Take the next (N)', empty: 'No customer waits for a visit', noneDue: 'Nobody is to be called now; what is planned stands under Open',
    number: 'Visit', kind: 'Kind', about: 'About', contact: 'Telephone', customer: 'Customer', result: 'Result', attempts: 'Tries', nextAt: 'Next try', due: 'Due', agent: 'Agent', center: 'Centre',
    call: 'Call', comment: 'Words', giveBack: 'Give back', save: 'Save result', take: 'Take it', followUp: 'Led to', figures: 'Visits of the last 30 days',
    planTitle: 'Name of the plan', customers: 'Customers ({n})', paste: 'One a line, or with commas', planSave: 'Plan visits', planned: '{n} visits planned',
    leftOut: { unknown: 'no such customer', no_consent: 'does not want such calls', no_number: 'has no telephone' },
    lists: { due: 'To call now', open: 'Open', done: 'Done', cancelled: 'Called off' },
    states: { PLANNED: 'Planned', CALLING: 'Calling', DONE: 'Done', CANCELLED: 'Called off' },
    results: { satisfied: 'Satisfied', neutral: 'Fair', dissatisfied: 'Dissatisfied', refused: 'Refused', unreached: 'Not reached', no_answer: 'No answer', busy: 'Busy', power_off: 'Switched off', wrong_number: 'Wrong number', later: 'Another time' },
    missing: { outcome: 'Choose a result', comment: 'Write why the customer is dissatisfied', time: 'Say when to call again' },
    count: { planned: 'Planned', done: 'Done', reached: 'Reached', satisfied: 'Satisfied', dissatisfied: 'Dissatisfied', refused: 'Refused', unreached: 'Not reached', overdue: 'Late', doneShare: 'Done', satisfiedShare: 'Satisfied' },
  },
  pool: {
    title: 'Pool', kind: 'Kind', all: 'All', next: 'Take the next (N)', empty: 'No work waits', number: 'Number', about: 'Subject', stage: 'Stage', due: 'Due', owner: 'Owner', first: 'Yours', claim: 'Take', giveBack: 'Give back',
    stages: { POOLED: 'To take', CLAIMED: 'Taken', VERIFYING: 'Looked into', SOLVED: 'Solved', DISPATCHED: 'Dispatched', MERGED: 'Merged', ORDER_SUBMITTED: 'Ordered', RETURNED_TO_FRONT: 'Sent back', TRACKING: 'Followed', REPLY_READY: 'To answer', CUSTOMER_TOLD: 'Told', ARCHIVED: 'Archived' },
    kinds: { ticket: 'Ticket', message: 'Message', contact: 'Written', missed: 'Missed call', visit: 'Visit', order: 'Order' },
    reviews: 'Emergencies to review', noReviews: 'No emergency waits for its review', line: 'Line', customer: 'Customer', at: 'Done at', review: 'Review', reviewOf: 'Review {number}', outcome: 'Finding', comment: 'Words', reviewSave: 'Save review',
    emergency: { stop: 'Stop', restore: 'Restore for a day' },
  },
  compensation: {
    title: 'Compensation', waive: 'Monthly fee to be waived', late: 'Repaired {n} days late, monthly fee waived', lateOrder: 'Order {n} days late: one per cent of its fee a day', amount: 'Amount (yuan)', reason: 'Reason', submit: 'Ask for approval', propose: 'Propose compensation', grant: 'Grant', refuse: 'Refuse',
    states: { PROPOSED: 'Proposed', APPROVED: 'Granted', REJECTED: 'Refused', BOOKED: 'On the account' },
  },
}
