import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import globals from 'globals'
import ts from 'typescript-eslint'

const size = (max) => ['error', { max, skipBlankLines: false, skipComments: false }]

export default ts.config(
  { ignores: ['dist/', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...vue.configs['flat/recommended'],
  {
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: {
      'max-lines': size(300),
      'max-lines-per-function': ['error', 50],
      'no-console': 'error',
      'no-undef': 'off', // the type checker does this
      'no-restricted-imports': [
        'error',
        { paths: [{ name: 'jssip', message: 'src/softphone/sip.ts is the only home of JsSIP.' }] },
      ],
      'vue/multi-word-component-names': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/no-v-html': 'error',
      'vue/require-default-prop': 'off', // optional props are typed as such
    },
  },
  { files: ['**/*.vue'], rules: { 'max-lines': size(250) } },
  { files: ['**/*.spec.ts'], rules: { 'max-lines-per-function': 'off' } },
  { files: ['src/softphone/sip.ts'], rules: { 'no-restricted-imports': 'off' } },
  {
    files: ['src/**/*.{ts,vue}'],
    ignores: ['src/api/client.ts'],
    rules: {
      'no-restricted-globals': ['error', { name: 'fetch', message: 'Talk to the server through src/api/.' }],
    },
  },
)
