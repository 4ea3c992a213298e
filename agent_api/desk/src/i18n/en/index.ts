import desk from './desk'
import figures from './figures'
import menus from './menus'
import script from './script'
import services from './services'
import shell from './shell'
import softphone from './softphone'
import work from './work'

export const en = { ...shell, softphone, ...desk, ...script, ...work, ...menus, ...services, ...figures }
