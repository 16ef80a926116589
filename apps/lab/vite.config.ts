import { defineConfig } from 'vite'

export default defineConfig({
  // Relative addresses: the built lab works in any folder of any host.
  base: './',
  esbuild: { jsx: 'automatic', jsxImportSource: 'preact' },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    manifest: true,
    rolldownOptions: { external: [/^node:/] },
  },
  worker: { format: 'es', rolldownOptions: { external: [/^node:/] } },
})
