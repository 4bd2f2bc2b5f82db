// @ts-check
import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import tseslint from 'typescript-eslint';
import { rawIds, waysOut } from './scripts/lint/waysOut.mjs';

/**
 * The rooms of `src/`, lowest first. A room may import from rooms of a lower rank and from itself;
 * rooms of one rank do not know each other.
 *
 * @type {ReadonlyArray<{ room: string, mayUse: readonly string[], vscode: boolean }>}
 */
const rooms = [
  { room: 'json', mayUse: [], vscode: false },
  { room: 'files', mayUse: [], vscode: false },
  { room: 'http', mayUse: [], vscode: false },
  { room: 'chat', mayUse: [], vscode: false },
  { room: 'message', mayUse: ['chat'], vscode: false },
  { room: 'words', mayUse: ['message'], vscode: false },
  { room: 'reading', mayUse: ['chat', 'message'], vscode: false },
  { room: 'requests', mayUse: ['chat', 'message'], vscode: false },
  { room: 'lists', mayUse: ['chat', 'message', 'files'], vscode: false },
  { room: 'webhooks', mayUse: ['chat', 'message', 'files', 'http', 'lists'], vscode: false },
  {
    room: 'sandbox',
    mayUse: ['webhooks', 'requests', 'chat', 'message', 'files', 'http', 'reading', 'words'],
    vscode: false,
  },
  { room: 'journal', mayUse: ['chat', 'message', 'files'], vscode: false },
  { room: 'modify', mayUse: ['chat', 'message', 'journal', 'files'], vscode: false },
  { room: 'bulk', mayUse: ['chat', 'message', 'journal', 'modify', 'files'], vscode: false },
  { room: 'copying', mayUse: ['requests', 'chat', 'message', 'lists'], vscode: false },
  { room: 'modelTools', mayUse: ['chat', 'message', 'words', 'reading', 'lists'], vscode: false },
  { room: 'outgoing', mayUse: ['chat', 'message'], vscode: false },
  { room: 'conversation', mayUse: ['chat', 'message', 'lists'], vscode: false },
  {
    room: 'sending',
    mayUse: ['chat', 'message', 'outgoing', 'journal', 'modify', 'files'],
    vscode: false,
  },
  { room: 'pseudonyms', mayUse: ['files'], vscode: false },
  {
    room: 'transfer',
    mayUse: ['chat', 'message', 'files', 'lists', 'journal', 'modify', 'bulk'],
    vscode: false,
  },
  { room: 'contributions', mayUse: ['chat'], vscode: true },
  { room: 'ui', mayUse: ['chat', 'message', 'contributions'], vscode: true },
  { room: 'localSandbox', mayUse: ['chat', 'contributions', 'ui'], vscode: true },
  {
    room: 'connections',
    mayUse: ['chat', 'message', 'contributions', 'ui', 'files', 'localSandbox'],
    vscode: true,
  },
  { room: 'signatures', mayUse: ['chat', 'ui'], vscode: true },
  {
    room: 'documents',
    mayUse: ['chat', 'message', 'files', 'contributions', 'connections', 'ui'],
    vscode: true,
  },
  {
    room: 'diagnostics',
    mayUse: ['outgoing', 'chat', 'message', 'words', 'contributions', 'documents', 'ui'],
    vscode: true,
  },
  {
    room: 'listEditing',
    mayUse: ['chat', 'message', 'lists', 'words', 'contributions', 'documents', 'diagnostics', 'ui'],
    vscode: true,
  },
  {
    room: 'editor',
    mayUse: ['chat', 'message', 'reading', 'words', 'contributions', 'documents', 'ui', 'protocol'],
    vscode: true,
  },
  {
    room: 'conversationPage',
    mayUse: [
      ...['conversation', 'chat', 'message', 'lists', 'journal', 'outgoing', 'sending', 'modify', 'files'],
      ...['contributions', 'connections', 'documents', 'editor', 'inbox', 'unsent', 'views', 'ui'],
    ],
    vscode: true,
  },
  {
    room: 'inbox',
    mayUse: ['chat', 'message', 'webhooks', 'files', 'reading', 'contributions', 'diagnostics', 'ui'],
    vscode: true,
  },
  {
    room: 'views',
    mayUse: [
      'webhooks',
      'inbox',
      'outgoing',
      'sending',
      'chat',
      'message',
      'journal',
      'contributions',
      'localSandbox',
      'connections',
      'documents',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'modifying',
    mayUse: [
      'chat',
      'message',
      'journal',
      'modify',
      'contributions',
      'connections',
      'documents',
      'diagnostics',
      'editor',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'requestDocuments',
    mayUse: [
      'chat',
      'message',
      'requests',
      'modify',
      'contributions',
      'connections',
      'documents',
      'diagnostics',
      'editor',
      'modifying',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'planning',
    mayUse: [
      'chat',
      'message',
      'lists',
      'files',
      'journal',
      'modify',
      'bulk',
      'contributions',
      'connections',
      'documents',
      'listEditing',
      'modifying',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'unsent',
    mayUse: [
      'outgoing',
      'chat',
      'message',
      'journal',
      'modify',
      'sending',
      'contributions',
      'connections',
      'documents',
      'diagnostics',
      'editor',
      'modifying',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'languageModels',
    mayUse: [
      'chat',
      'message',
      'modelTools',
      'signatures',
      'contributions',
      'connections',
      'documents',
      'ui',
    ],
    vscode: true,
  },
  {
    room: 'commands',
    mayUse: [
      'webhooks',
      'inbox',
      'outgoing',
      'sending',
      'unsent',
      'chat',
      'message',
      'reading',
      'words',
      'journal',
      'modify',
      'files',
      'contributions',
      'localSandbox',
      'connections',
      'documents',
      'diagnostics',
      'editor',
      'views',
      'modifying',
      'signatures',
      'requests',
      'requestDocuments',
      'copying',
      'lists',
      'listEditing',
      'bulk',
      'planning',
      'pseudonyms',
      'transfer',
      'conversation',
      'conversationPage',
      'ui',
      'protocol',
    ],
    vscode: true,
  },
];

/** Ground that every room stands on. */
const GROUND = 'json';

const names = [...rooms.map((room) => room.room), 'protocol', 'app', 'extension'];

const layers = rooms.map(({ room, mayUse, vscode }) => {
  const forbidden = names.filter((name) => name !== room && name !== GROUND && !mayUse.includes(name));
  return {
    files: [`src/${room}/**/*.ts`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: vscode ? [] : [{ name: 'vscode', message: `src/${room} runs in plain Node.` }],
          patterns: [
            {
              regex: `^(\\.\\./)+(${forbidden.join('|')})(/|$)`,
              message: `src/${room} may use: ${[GROUND, ...mayUse].join(', ')}.`,
            },
          ],
        },
      ],
    },
  };
});

/** As a value of its own VS Code's API brings all of its names into what is loaded at activation. */
const wholeApi = {
  selector: 'VariableDeclarator[init.name="vscode"]',
  message:
    'Name what is used where it is used (vscode.languages.…): the API as a whole makes activation slower.',
};

/** Ids stand in `src/contributions` only; what a person sees goes out through `src/ui` only. */
const onePlace = [
  { files: ['src/**/*.ts'], rules: { 'no-restricted-syntax': ['error', wholeApi, ...rawIds, ...waysOut] } },
  {
    files: ['src/contributions/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', wholeApi, ...waysOut] },
  },
  { files: ['src/ui/**/*.ts'], rules: { 'no-restricted-syntax': ['error', wholeApi, ...rawIds] } },
];

export default tseslint.config(
  { ignores: ['dist/', 'out/', '.vscode-test/', 'node_modules/', 'test/fixtures/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/naming-convention': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/unbound-method': 'off',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  ...layers,
  {
    files: ['src/protocol.ts', 'webview/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [{ name: 'vscode', message: 'The page has no vscode module.' }],
          patterns: [
            {
              regex: `^(\\.\\./)+src/(?!protocol|message|json|lists/wanted|sandbox/control/pageProtocol|conversation/(?:pageProtocol|pageStrings|rowViews))`,
              message: 'The pages may use src/protocol, src/message, src/json and their protocols only.',
            },
          ],
        },
      ],
    },
  },
  ...onePlace,
  {
    files: ['src/sandbox/main.ts', 'test/**/*.ts'],
    rules: {
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    files: ['**/*.mjs', '**/*.js', '**/*.cjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        clearTimeout: 'readonly',
        setInterval: 'readonly',
        clearInterval: 'readonly',
        require: 'readonly',
        module: 'writable',
        __dirname: 'readonly',
        fetch: 'readonly',
        AbortSignal: 'readonly',
        AbortController: 'readonly',
      },
    },
  },
  prettier,
);
