// Build, development server and unit tests of the desk.
import { fileURLToPath } from 'node:url'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

const backend = process.env['DESK_BACKEND'] ?? 'http://127.0.0.1:8000'

export default defineConfig({
  plugins: [vue()],
  resolve: { alias: { '@': fileURLToPath(new URL('./src', import.meta.url)) } },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': { target: backend, ws: true } },
  },
  build: {
    target: 'es2022',
    // The desk, and the page for customers, which shares nothing with it but HTTP and texts.
    rollupOptions: { input: ['index.html', 'service.html'] },
    // Rollup's own chunks: naming groups by hand was tried and pulls in unused parts of the component library.
    chunkSizeWarningLimit: 800,
  },
  test: {
    environment: 'jsdom',
    include: ['src/**/*.spec.ts'],
    setupFiles: ['src/testing/setup.ts'],
    restoreMocks: true,
    // Two cores shared with a telephone exchange: a slow machine is not a failure.
    testTimeout: 30_000,
  },
})
