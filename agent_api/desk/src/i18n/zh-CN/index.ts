import desk from './desk'
import figures from './figures'
import script from './script'
import shell from './shell'
import softphone from './softphone'
import work from './work'

export const zhCN = { ...shell, softphone, ...desk, ...script, ...work, ...figures }
