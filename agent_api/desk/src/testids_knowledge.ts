// Names for browser tests on articles, contact reasons and scripts.
export const KNOWLEDGE_TESTIDS = {
  suggestions: {
    panel: 'suggestions',
    hit: 'suggestion', // + "-<article id>"
    open: 'suggestion-open', // + "-<article id>"
    answered: 'suggestion-answered',
    copy: 'suggestion-copy',
    send: 'suggestion-send', // + "-<channel>"
    helpful: 'suggestion-helpful',
    unhelpful: 'suggestion-unhelpful',
    ask: 'suggestion-ask',
    askTicket: 'suggestion-ask-ticket',
    asked: 'suggestion-asked',
  },
  reasonForm: { field: 'reason-field' /* + "-<name>" */ },
  knowledge: {
    tab: 'knowledge-tab', // + "-<name>"
    query: 'knowledge-query',
    shelf: 'knowledge-shelf', // + "-<used|new>-<id>"
    hits: 'knowledge-hits',
    hit: 'knowledge-hit', // + "-<article id>"
    table: 'knowledge-table',
    add: 'knowledge-add',
    article: 'knowledge-article', // data-standing
    edit: 'knowledge-edit',
    event: 'knowledge-event', // + "-<event>"
    compare: 'knowledge-compare',
    form: 'knowledge-form',
    title: 'knowledge-title',
    category: 'knowledge-category',
    body: 'knowledge-body',
    save: 'knowledge-save',
    requests: 'knowledge-requests',
    write: 'knowledge-write', // + "-<request id>"
    synonyms: 'knowledge-synonyms',
    words: 'knowledge-words',
    addWords: 'knowledge-add-words',
  },
  reasons: { tree: 'reasons-tree', node: 'reasons-node' /* + "-<code>" */, title: 'reasons-title', add: 'reasons-add', remove: 'reasons-remove', up: 'reasons-up', down: 'reasons-down', addField: 'reasons-add-field', publish: 'reasons-publish', note: 'reasons-note' },
  scripts: { panel: 'scripts', line: 'scripts-line' /* + "-<situation>" */, news: 'scripts-news', read: 'scripts-read', table: 'scripts-table', add: 'scripts-add', publish: 'scripts-publish' },
} as const
