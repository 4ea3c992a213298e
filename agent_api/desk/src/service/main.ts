// Composition root of the page for customers: its own small build, none of the desk's parts but HTTP and texts.
import { createApp } from 'vue'
import { createI18n } from 'vue-i18n'
import { speakFor } from '@/api/client'
import en from '@/i18n/en/service'
import zh from '@/i18n/zh-CN/service'
import { spoken } from './language'
import ServicePage from './ServicePage.vue'
import './service.css'

speakFor('service-page')
const i18n = createI18n({ legacy: false, locale: spoken(), fallbackLocale: 'zh-CN', messages: { 'zh-CN': { service: zh }, en: { service: en } } })

createApp(ServicePage).use(i18n).mount('#service')
