export default {
  suggestions: {
    title: 'From the knowledge base', notFound: 'Nothing that fits?', ask: 'Ask for an article', askTicket: 'Ask, and open a ticket', asked: 'Noted; asked {count} times so far {ticket}',
    answer: 'Answered with this', answered: 'Answered {ticket}', copy: 'Copy', copied: 'Copied', sent: 'Sent', by: { sms: 'Text', email: 'Mail', fax: 'Fax' },
    helpful: 'Helpful', unhelpful: 'Not helpful', thanks: 'Thank you',
  },
  reasonForm: {
    text: 'Text', number: 'A number', amount: 'Yuan, as 12.50', date: 'A date', choice: 'Choose', phone: 'A telephone number',
    kind: { text: 'Text', number: 'Number', amount: 'Amount', date: 'Date', choice: 'Choice', phone: 'Telephone' },
  },
  knowledge: {
    shelf: { used: 'Often used (30 days)', new: 'Newly released' },
    noArticles: 'No article is released yet',
    search: 'Search', articles: 'Articles', requests: 'Wanted', synonyms: 'Synonyms', choose: 'Choose an article', queryHint: 'Words, a question, pinyin or its initials', nothing: 'Nothing found',
    internal: 'internal', title: 'Title', category: 'Category', center: 'Centre', state: 'State', changed: 'Changed', keywords: 'Keywords', body: 'Text', spoken: 'Read aloud: ',
    from: 'In force from', until: 'Until', whenApproved: 'when approved', public: 'May be sent to customers', add: 'New article', edit: 'Edit', save: 'Save draft', allStandings: 'Every state',
    standing: { draft: 'Draft', review: 'In review', waiting: 'Waiting', published: 'Published', replaced: 'Replaced', expired: 'Expired' },
    event: { submit: 'Submit', approve: 'Approve and publish', reject: 'Send back', expire: 'Expire now' },
    remark: 'Say why', remarkOf: 'Review ({who}): ', by: 'written by {author}, reviewed by {reviewer}', version: 'Version {number} ({standing})', newest: 'Newest',
    compare: 'Compare with {number}', uses: 'Answered {answered} times, helpful {helpful}, not helpful {unhelpful}',
    question: 'Question', asked: 'Asked', lastAsked: 'Last time', inWork: 'being written', write: 'Write', decline: 'Decline', whyNot: 'Say why there will be none', noRequests: 'Nothing is wanted',
    synonymsHint: 'Words that mean the same, with commas between', addWords: 'Add', shipped: 'shipped',
  },
  reasons: {
    title: 'Contact reasons', publish: 'Publish', published: 'Published', note: 'What changed', from: '{center}, version {version}.', shipped: 'As shipped.', keys: 'Alt+↑↓ moves, Delete removes.',
    choose: 'Choose a reason', newTitle: 'New reason', nodeTitle: 'Title', up: 'Up', down: 'Down', add: 'Add after it', fieldCount: '{count} fields', ticketType: 'Ticket',
    words: 'Words for the search', unit: 'Unit', queue: 'Queue to transfer to', say: 'What to say', form: 'Form', newField: 'New field', addField: 'Add a field', required: 'required', choices: 'Choices',
  },
  scripts: {
    title: 'Scripts', brand: 'Changlian', customer: 'Sir/Madam', surname: 'Customer’s name', all: 'Everything', news: 'The sentences have changed: please read them', read: 'Read and understood', note: 'What changed (agents see it)',
    add: 'Add a sentence', published: 'Published; agents read it before they are ready', variables: 'Variables stand in braces, as {\'{\'}agent{\'}\'}.', chinese: 'Chinese', everyQueue: 'every queue', always: 'always',
    moments: { ringing: 'Ringing', talking: 'Talking', hold: 'On hold', wrap_up: 'Wrap-up' },
    situations: {
      greeting: 'Greeting', silence: 'Silent line', unclear: 'Unclear', not_understood: 'Customer did not understand', number_needed: 'Number needed', hard_to_reach: 'Hard to reach', searching: 'Searching (60 s)',
      long_search: 'Long search', note_down: 'To note down', confirm: 'Confirm', not_offered: 'Not offered', complaint: 'Suggestion or complaint', transfer: 'Transfer', hold: 'Hold', abusive: 'Abusive caller', ending: 'Ending',
    },
  },
}
