// The components of Element Plus that the desk uses, registered once; what is not listed is not shipped.
import {
  ElAlert, ElButton, ElCascader, ElCheckbox, ElCheckboxGroup, ElCollapse, ElCollapseItem, ElDatePicker, ElDialog, ElDrawer, ElDropdown,
  ElDropdownItem, ElDropdownMenu, ElEmpty, ElForm, ElFormItem, ElIcon, ElInput, ElInputNumber, ElMention, ElOption,
  ElPagination, ElPopover, ElRadioButton, ElRadioGroup, ElSelect, ElSkeleton, ElSwitch, ElTabPane, ElTable,
  ElTableColumn, ElTabs, ElTag, ElTimeline, ElTimelineItem, ElTooltip,
} from 'element-plus'
import type { App } from 'vue'
import 'element-plus/dist/index.css'
import 'element-plus/theme-chalk/dark/css-vars.css'

const USED = [
  ElAlert, ElButton, ElCascader, ElCheckbox, ElCheckboxGroup, ElCollapse, ElCollapseItem, ElDatePicker, ElDialog, ElDrawer, ElDropdown,
  ElDropdownItem, ElDropdownMenu, ElEmpty, ElForm, ElFormItem, ElIcon, ElInput, ElInputNumber, ElMention, ElOption,
  ElPagination, ElPopover, ElRadioButton, ElRadioGroup, ElSelect, ElSkeleton, ElSwitch, ElTabPane, ElTable,
  ElTableColumn, ElTabs, ElTag, ElTimeline, ElTimelineItem, ElTooltip,
]

export function installElements(app: App): void {
  USED.forEach((element) => app.component(element.name ?? '', element))
}
