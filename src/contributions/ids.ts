/** Views of the extension. VS Code makes a command `<id>.focus` for each. */
export const viewIds = {
  explorer: 'tencentChat.explorer',
  drafts: 'tencentChat.drafts',
  history: 'tencentChat.history',
  webhooks: 'tencentChat.webhooks',
} as const;

/** The custom editor of message documents. */
export const MESSAGE_EDITOR = 'tencentChat.messageEditor';

/** The page of a conversation: `viewType` of its panel, `webviewId` in menus. */
export const CONVERSATION_PAGE = 'tencentChat.conversation';

/** The page that explains an error code: `viewType` of its panel. */
export const ERROR_CODE_PAGE = 'tencentChat.errorCode';

/** The language of message documents, whatever they are stored in. */
export const MESSAGE_LANGUAGE = 'tencent-chat-message';

/** The language of request documents, `*.chat.http`. */
export const REQUEST_LANGUAGE = 'tencent-chat-requests';
/** The language of lists of messages, whatever they are stored in. */
export const LIST_LANGUAGE = 'tencent-chat-messages';

/** Scheme of the read-only documents in which the changes of a plan are read. */
export const PLAN_SCHEME = 'tencent-chat-plan';

/** Scheme of strings in JSON documents that are opened as documents of their own. */
export const STRING_SCHEME = 'tencent-chat-string';

/** Scheme of documents that the extension writes for a person to read: nothing of them is ever stored. */
export const PAGE_SCHEME = 'tencent-chat-page';

/** The type of tasks that load fixtures. */
export const TASK_TYPE = 'tencentChat';

/** Items of the status bar. */
export const statusItemIds = {
  environment: 'tencentChat.environment',
  modified: 'tencentChat.modified',
  plan: 'tencentChat.plan',
} as const;

/** Groups of settings. */
export const settingGroups = {
  sandbox: 'tencentChat.sandbox',
} as const;

/** What makes tests of documents. */
export const testControllerIds = {
  requests: 'tencentChat.requests',
} as const;

/** Tools for language models. */
export const languageModelTools = [
  'tencentChat_listConversations',
  'tencentChat_readMessages',
  'tencentChat_checkMessage',
  'tencentChat_explainCode',
  'tencentChat_examineUserSig',
  'tencentChat_proposeDraft',
] as const;

export type LanguageModelToolName = (typeof languageModelTools)[number];

/** Owners of diagnostics. */
export const diagnosticIds = {
  message: 'tencentChat',
  selection: 'tencentChat.selection',
  requests: 'tencentChat.requests',
  list: 'tencentChat.list',
  listDrafts: 'tencentChat.listDrafts',
  webhook: 'tencentChat.webhook',
  webhookRules: 'tencentChat.webhookRules',
} as const;

/** Where things lie in VS Code's storage. They are read for ever: never rename one. */
export const storageKeys = {
  connections: 'tencentChat.connections',
  /** The key of the extension's own sandbox, which is no secret of a person. */
  sandboxKey: 'tencentChat.sandboxKey',
  editorLook: 'tencentChat.editor.look',
  /** The steps of the walkthrough that VS Code was told were done. */
  walkthrough: 'tencentChat.walkthrough',
  /** Whether the walkthrough was opened by itself, or need not be. */
  welcomed: 'tencentChat.welcomed',
  /** The token that webhooks of a real app are signed with: a secret. */
  webhookToken: 'tencentChat.webhookToken',
  /** The random part of the inbox's address. */
  webhookSegment: 'tencentChat.webhookSegment',
  /** Hosts outside this machine to which webhooks may be sent on. */
  webhookHosts: 'tencentChat.webhookHosts',
  replayTarget: 'tencentChat.replayTarget',
  secret: (connectionId: string): string => `tencentChat.secret.${connectionId}`,
} as const;
