// What a tree can be made of: tasks, queues, conditions and prompts, as the server knows them.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { catalogue } from '@/api/menus'
import type { Catalogue } from '@/api/types'
import type { Language } from '@/menus/model'

const EMPTY: Catalogue = { tasks: [], conditions: [], queues: [], prompts: [] }

export const useMenuCatalogue = defineStore('menuCatalogue', () => {
  const known = shallowRef<Catalogue>(EMPTY)
  const prompts = computed(() => new Map(known.value.prompts.map((prompt) => [prompt.id, prompt])))
  const titles = (named: Catalogue['queues']) => new Map(named.map(({ name, title }) => [name, title]))
  const queues = computed(() => titles(known.value.queues))
  const conditions = computed(() => titles(known.value.conditions))
  const tasks = computed(() => new Map(known.value.tasks.map((task) => [task.name, task])))

  async function load(): Promise<Catalogue> {
    known.value = await catalogue()
    return known.value
  }

  return {
    known, prompts, queues, conditions, tasks, load,
    textOf: (prompt: string, language: Language = 'zh') => prompts.value.get(prompt)?.[language] ?? '',
    taskTitle: (name: string, language: string) => {
      const task = tasks.value.get(name)
      return (language === 'en' ? task?.title_en : task?.title) || name
    },
  }
})
