// Composition root of the desk.
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import App from './App.vue'
import { i18n, setLanguage } from './i18n'
import { createDeskRouter } from './router'
import { installElements } from './ui/elements'
import './ui/theme.css'

const app = createApp(App)
app.use(createPinia())
app.use(i18n)
app.use(createDeskRouter())
installElements(app)
setLanguage(i18n.global.locale.value)
app.mount('#app')
