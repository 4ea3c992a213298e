// Fields and outcomes of the tree in words.
import { useI18n } from 'vue-i18n'
import type { RootSlot, Slot } from '@/menus/ways'
import { useMenuCatalogue } from '@/stores/menu_catalogue'
import { useMenuEditor } from '@/stores/menu_editor'

export function useMenuWords() {
  const { t, te } = useI18n()
  const editor = useMenuEditor()
  const catalogue = useMenuCatalogue()

  const outcome = (name: string) => (te(`menus.outcomes.${name}`) ? t(`menus.outcomes.${name}`) : name)
  const condition = (name: string) => (te(`menus.conditions.${name}`) ? t(`menus.conditions.${name}`) : (catalogue.conditions.get(name) ?? name))
  const setting = (name: string) => (te(`menus.settings.${name}`) ? t(`menus.settings.${name}`) : name)
  const value = (name: string) => (te(`menus.values.${name}`) ? t(`menus.values.${name}`) : name)
  const titleOf = (id: string) => editor.tree?.nodes[id]?.title ?? id

  function entryRule(index: number): string {
    const rule = editor.tree?.entry[index]
    if (!rule) return ''
    return rule.when ? condition(rule.when) : (rule.did ?? '')
  }

  /** A way's name on the picture: the key itself, or a word. */
  function slot(name: Slot | RootSlot): string {
    if (name.startsWith('key:')) return name.slice(4)
    if (name.startsWith('entry:')) return entryRule(Number(name.slice(6)))
    return name.startsWith('then:') ? outcome(name.slice(5)) : t(`menus.ways.${name}`)
  }

  return { outcome, condition, setting, value, slot, titleOf }
}
