import control from './control'
import desk from './desk'
import figures from './figures'
import floor from './floor'
import menus from './menus'
import planning from './planning'
import queues from './queues'
import script from './script'
import services from './services'
import shell from './shell'
import softphone from './softphone'
import work from './work'

export const en = { ...shell, softphone, ...desk, ...script, ...work, ...menus, ...services, ...figures, ...control, ...floor, ...queues, ...planning }
