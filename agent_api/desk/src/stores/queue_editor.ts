// The table of queues under edit: its changes with undo, what does not fit, what differs from the table in force.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Routing } from '@/api/routing'
import { diffTables } from '@/queues/diff'
import { changeQueue, queueOf } from '@/queues/edit'
import type { QueueRule, RoutingTable } from '@/queues/model'
import { isError, type Problem, problemsOf } from '@/queues/problems'
import { useEditHistory } from './edit_history'
import { useSession } from './session'

export const useQueueEditor = defineStore('queueEditor', () => {
  const session = useSession()
  const { saved, begin, record, now: table, dirty, canUndo, canRedo, undo, redo } = useEditHistory<RoutingTable>()
  const routing = shallowRef<Routing | null>(null)
  const chosen = ref('')

  const mayEdit = computed(() => session.me?.permissions.includes('routing.edit') ?? false)
  const queue = computed(() => queueOf(table.value, chosen.value))
  /** What can be seen at once; when that is nothing, what the server found. */
  const own = computed(() => (table.value ? problemsOf(table.value) : []))
  const found = shallowRef<readonly Problem[]>([])
  const problems = computed(() => (own.value.length ? own.value : found.value))
  const errors = computed(() => problems.value.filter(isError).length)
  const changes = computed(() => (saved.value && table.value ? diffTables(saved.value, table.value) : []))

  function load(loaded: Routing): void {
    routing.value = loaded
    found.value = loaded.problems
    begin(loaded.table)
    if (!queueOf(loaded.table, chosen.value)) chosen.value = loaded.table.queues[0]?.name ?? ''
  }

  /** `about`: typing on in one field is one step of undo. */
  function changeTable(to: (table: RoutingTable) => RoutingTable, about = ''): void {
    if (mayEdit.value) record(to, about)
  }

  function change(patch: Partial<QueueRule>): void {
    const name = chosen.value
    changeTable((before) => changeQueue(before, name, patch), `${name}.${Object.keys(patch).join()}`)
  }

  const setFound = (problems: readonly Problem[]) => void (found.value = problems)
  const choose = (name: string) => void (chosen.value = name)
  return { table, routing, queue, chosen, own, problems, errors, changes, dirty, canUndo, canRedo, mayEdit, load, setFound, changeTable, change, choose, undo, redo }
})
