import {
  accountsArgument,
  codeArgument,
  codeOrPageArgument,
  connectionArgument,
  conversationArgument,
  documentArgument,
  copyArgument,
  exportArgument,
  importArgument,
  historyArgument,
  keyArgument,
  listItemArgument,
  messageArgument,
  messagesArgument,
  nodeArgument,
  optionArgument,
  receiverArgument,
  requestArgument,
  nodesArgument,
  planArgument,
  revisionArgument,
  shownArgument,
  stepArgument,
  textArgument,
  uriArgument,
  userArgument,
  type AccountsArgument,
  type ConnectionArgument,
  type ConversationArgument,
  type CopyArgument,
  type HistoryArgument,
  type KeyArgument,
  type ListItemArgument,
  type MessageArgument,
  type NodeArgument,
  type OptionArgument,
  type RequestArgument,
  type RevisionArgument,
  type ShownArgument,
  type UserArgument,
} from './arguments';
import type * as vscode from 'vscode';
import type { WalkthroughStep } from './walkthrough';
import { command, type ArgumentsOf, type ResultOf } from './command';

type OfConnection = (where?: ConnectionArgument) => void;
type OfMessage = (which?: MessageArgument) => void;
type OfMessages = (which?: MessageArgument, all?: readonly MessageArgument[]) => void;
type OfDocument = (document?: vscode.Uri) => void;
type OfRequest = (which?: RequestArgument) => void;
type OfPlan = (plan?: string) => void;
type OfConversation = (conversation?: ConversationArgument) => void;
type OfNode = (node?: NodeArgument) => void;
type OfNodes = (node?: NodeArgument, nodes?: readonly NodeArgument[]) => void;

/**
 * Every command of the extension: its id, what it may be given, what it gives. The manifest, the handlers and a test
 * agree on this table. No command takes a secret, an endpoint or the answer to a question.
 */
export const commands = {
  /** Gives the id of the new connection. */
  connectionAdd: command<() => string>('tencentChat.connection.add'),
  connectionEdit: command<(where?: ConnectionArgument) => string>(
    'tencentChat.connection.edit',
    connectionArgument,
  ),
  connectionRemove: command<OfConnection>('tencentChat.connection.remove', connectionArgument),
  /** Gives the id of the diagnosis. */
  connectionTest: command<(where?: ConnectionArgument) => string>(
    'tencentChat.connection.test',
    connectionArgument,
  ),
  connectionEnterSecret: command<OfConnection>('tencentChat.connection.enterSecret', connectionArgument),
  connectionSignAgain: command<OfConnection>('tencentChat.connection.signAgain', connectionArgument),
  connectionMakeReadOnly: command<OfConnection>('tencentChat.connection.makeReadOnly', connectionArgument),
  connectionAllowModifying: command<OfConnection>(
    'tencentChat.connection.allowModifying',
    connectionArgument,
  ),
  connectionDeleteLocalData: command<OfConnection>(
    'tencentChat.connection.deleteLocalData',
    connectionArgument,
  ),

  userSigExamine: command<OfConnection>('tencentChat.userSig.examine', connectionArgument),
  userSigGenerate: command<OfConnection>('tencentChat.userSig.generate', connectionArgument),

  accountImport: command<(accounts?: AccountsArgument) => void>(
    'tencentChat.account.import',
    accountsArgument,
  ),

  /** Gives the id of the sandbox's connection, as `sandboxStart` does. */
  sandboxTry: command<() => string>('tencentChat.sandbox.try'),
  sandboxStart: command<() => string>('tencentChat.sandbox.start'),
  sandboxStop: command<() => void>('tencentChat.sandbox.stop'),
  sandboxReset: command<() => void>('tencentChat.sandbox.reset'),
  sandboxLoad: command<OfDocument>('tencentChat.sandbox.load', uriArgument),
  /** Gives the file that was written. */
  sandboxSave: command<() => vscode.Uri>('tencentChat.sandbox.save'),
  /** Gives the endpoint of a sandbox that runs. */
  sandboxStatus: command<() => string | undefined>('tencentChat.sandbox.status'),

  explorerRefresh: command<() => void>('tencentChat.explorer.refresh'),
  explorerRefreshNode: command<OfNode>('tencentChat.explorer.refreshNode', nodeArgument),
  explorerLoadMore: command<OfNode>('tencentChat.explorer.loadMore', nodeArgument),
  explorerRetry: command<OfNode>('tencentChat.explorer.retry', nodeArgument),
  /** One row down, with what stands there in a preview; the focus stays in the tree. */
  explorerFocusDown: command<() => void>('tencentChat.explorer.focusDown'),
  explorerFocusUp: command<() => void>('tencentChat.explorer.focusUp'),
  /** Opens VS Code's own filter of the rows, as `draftsFilter` does in its view. */
  explorerFilter: command<() => void>('tencentChat.explorer.filter'),
  userAdd: command<OfConnection>('tencentChat.user.add', connectionArgument),
  userRemove: command<(user?: UserArgument) => void>('tencentChat.user.remove', userArgument),
  conversationAdd: command<(conversation?: ConversationArgument) => void>(
    'tencentChat.conversation.add',
    conversationArgument,
  ),
  /** Shows a conversation as its users see it, at the message that is named if one is. */
  conversationShow: command<(what?: ShownArgument) => void>('tencentChat.conversation.show', shownArgument),
  /** In the page of a conversation that has the focus, as the three after it. */
  conversationFind: command<() => void>('tencentChat.conversation.find'),
  conversationGoToMessage: command<() => void>('tencentChat.conversation.goToMessage'),
  conversationCompareSides: command<OfConversation>(
    'tencentChat.conversation.compareSides',
    conversationArgument,
  ),
  conversationFollow: command<() => void>('tencentChat.conversation.follow'),
  /** Opens a message beside the page that it is a row of. */
  conversationOpenMessage: command<OfNode>('tencentChat.conversation.openMessage', nodeArgument),
  conversationRemove: command<(conversation?: ConversationArgument) => void>(
    'tencentChat.conversation.remove',
    conversationArgument,
  ),
  groupAdd: command<OfConnection>('tencentChat.group.add', connectionArgument),
  groupRemove: command<(group?: ConversationArgument) => void>(
    'tencentChat.group.remove',
    conversationArgument,
  ),
  /** Loads the groups of an app into the tree: its own number of calls, one a second. */
  groupsLoad: command<OfConnection>('tencentChat.groups.load', connectionArgument),
  conversationGoToDate: command<(node?: NodeArgument) => void>(
    'tencentChat.conversation.goToDate',
    nodeArgument,
  ),

  /** A message document in a folder, without a connection. */
  messageFileNew: command<() => void>('tencentChat.messageFile.new'),
  messageOpen: command<OfMessage>('tencentChat.message.open', messageArgument),
  /** Of several rows each is opened, in one group beside the active one. */
  messageOpenToSide: command<OfMessages>('tencentChat.message.openToSide', messageArgument, messagesArgument),
  messageReveal: command<OfMessage>('tencentChat.message.reveal', messageArgument),
  /** Gives the MsgKey of the message that was opened. */
  messageOpenByKey: command<(told?: KeyArgument) => string>('tencentChat.message.openByKey', keyArgument),
  messageCopyKey: command<OfMessage>('tencentChat.message.copyKey', messageArgument),
  messageModify: command<OfMessage>('tencentChat.message.modify', messageArgument),
  messageCompare: command<OfMessage>('tencentChat.message.compare', messageArgument),
  messageDiscardDraft: command<OfMessages>(
    'tencentChat.message.discardDraft',
    messageArgument,
    messagesArgument,
  ),
  messageOpenAsText: command<OfMessage>('tencentChat.message.openAsText', messageArgument),
  messageRecall: command<OfMessage>('tencentChat.message.recall', messageArgument),
  messageReload: command<OfMessage>('tencentChat.message.reload', messageArgument),
  messageQuickFix: command<OfMessage>('tencentChat.message.quickFix', messageArgument),
  /** Gives the URI of the document, as the two after it do. */
  messageNew: command<(to?: ConversationArgument | vscode.Uri) => vscode.Uri>(
    'tencentChat.message.new',
    receiverArgument,
  ),
  messageDuplicate: command<(which?: MessageArgument) => vscode.Uri>(
    'tencentChat.message.duplicate',
    messageArgument,
  ),
  messageSendAgain: command<(which?: MessageArgument) => vscode.Uri>(
    'tencentChat.message.sendAgain',
    messageArgument,
  ),
  unsentSend: command<OfDocument>('tencentChat.unsent.send', documentArgument),
  unsentOptions: command<(of?: OptionArgument) => void>('tencentChat.unsent.options', optionArgument),
  unsentDiscard: command<OfDocument>('tencentChat.unsent.discard', documentArgument),
  conflictKeepMine: command<OfMessage>('tencentChat.conflict.keepMine', messageArgument),
  conflictTakeService: command<OfMessage>('tencentChat.conflict.takeService', messageArgument),
  conflictMergeByHand: command<OfMessage>('tencentChat.conflict.mergeByHand', messageArgument),
  conflictMerged: command<OfMessage>('tencentChat.conflict.merged', messageArgument),
  /** Undoes the revision with this id, else the last one. */
  modificationUndo: command<(revisionId?: string) => void>('tencentChat.modification.undo', textArgument),
  errorCodeExplain: command<(code?: number) => void>('tencentChat.errorCode.explain', codeArgument),
  /** Lets the sandbox answer a call with this code, else with that of the page in view, whose URI the title's button gives. */
  errorCodeTryInSandbox: command<(of?: number | vscode.Uri) => void>(
    'tencentChat.errorCode.tryInSandbox',
    codeOrPageArgument,
  ),

  draftShow: command<OfMessage>('tencentChat.draft.show', messageArgument),
  draftsModifyAll: command<() => void>('tencentChat.drafts.modifyAll'),
  draftsModifySelected: command<OfMessages>(
    'tencentChat.drafts.modifySelected',
    messageArgument,
    messagesArgument,
  ),
  draftsFilter: command<() => void>('tencentChat.drafts.filter'),

  historyShow: command<(what?: HistoryArgument) => void>('tencentChat.history.show', historyArgument),
  historyShowAll: command<() => void>('tencentChat.history.showAll'),
  historyRefresh: command<() => void>('tencentChat.history.refresh'),
  /** Shows what names a text, of all that the journal has. */
  historyFind: command<() => void>('tencentChat.history.find'),
  revisionShow: command<(row?: RevisionArgument) => void>('tencentChat.revision.show', revisionArgument),
  revisionRestore: command<(row?: RevisionArgument) => void>(
    'tencentChat.revision.restore',
    revisionArgument,
  ),
  journalExport: command<() => void>('tencentChat.journal.export'),

  messagesFind: command<OfNode>('tencentChat.messages.find', nodeArgument),
  /** Of rows of the tree, else of the text in view. Gives the URI of the list. */
  listEdit: command<(node?: NodeArgument, nodes?: readonly NodeArgument[]) => vscode.Uri>(
    'tencentChat.list.edit',
    nodeArgument,
    nodesArgument,
  ),
  /** Gives the file that was written. */
  listExport: command<(what?: NodeArgument | vscode.Uri, nodes?: readonly NodeArgument[]) => vscode.Uri>(
    'tencentChat.list.export',
    exportArgument,
    nodesArgument,
  ),
  listImport: command<(what?: ConnectionArgument | vscode.Uri) => void>(
    'tencentChat.list.import',
    importArgument,
  ),
  listModify: command<OfDocument>('tencentChat.list.modify', uriArgument),
  listReload: command<OfDocument>('tencentChat.list.reload', uriArgument),
  listShowChanges: command<OfDocument>('tencentChat.list.showChanges', uriArgument),
  listSetValue: command<OfDocument>('tencentChat.list.setValue', uriArgument),
  listDiscardChange: command<(item?: ListItemArgument) => void>(
    'tencentChat.list.discardChange',
    listItemArgument,
  ),
  listKeepMine: command<(item?: ListItemArgument) => void>('tencentChat.list.keepMine', listItemArgument),
  planPause: command<() => void>('tencentChat.plan.pause'),
  planContinue: command<OfPlan>('tencentChat.plan.continue', planArgument),
  planRetry: command<OfPlan>('tencentChat.plan.retry', planArgument),
  planLeave: command<OfPlan>('tencentChat.plan.leave', planArgument),
  planRollBack: command<OfPlan>('tencentChat.plan.rollBack', planArgument),
  planReport: command<OfPlan>('tencentChat.plan.report', planArgument),

  embeddedEdit: command<() => void>('tencentChat.embedded.edit'),
  selectionCheck: command<() => void>('tencentChat.selection.check'),

  requestNew: command<OfConnection>('tencentChat.request.new', connectionArgument),
  requestSend: command<OfRequest>('tencentChat.request.send', requestArgument),
  requestSendAll: command<OfRequest>('tencentChat.request.sendAll', requestArgument),
  requestStop: command<() => void>('tencentChat.request.stop'),
  requestAnswers: command<() => void>('tencentChat.request.answers'),

  /** Copies what is in view, or what is named, as one of the things that it can be written as. */
  copyAs: command<(what?: CopyArgument) => void>('tencentChat.copy.as', copyArgument),

  /** Gives the address of the inbox. */
  webhooksStart: command<() => string>('tencentChat.webhooks.start'),
  webhooksStop: command<() => void>('tencentChat.webhooks.stop'),
  webhooksStatus: command<() => void>('tencentChat.webhooks.status'),
  webhooksCopyAddress: command<() => void>('tencentChat.webhooks.copyAddress'),
  webhooksSetToken: command<() => void>('tencentChat.webhooks.setToken'),
  webhooksFilter: command<() => void>('tencentChat.webhooks.filter'),
  webhooksClear: command<() => void>('tencentChat.webhooks.clear'),
  webhooksGuide: command<() => void>('tencentChat.webhooks.guide'),
  webhooksConnectSandbox: command<() => void>('tencentChat.webhooks.connectSandbox'),
  /** Lets the sandbox send any command of the service's list to the inbox. */
  webhooksSendSample: command<() => void>('tencentChat.webhooks.sendSample'),
  webhooksOpen: command<OfNode>('tencentChat.webhooks.open', nodeArgument),
  webhooksOpenMessage: command<OfNode>('tencentChat.webhooks.openMessage', nodeArgument),
  webhooksCopyKey: command<OfNode>('tencentChat.webhooks.copyKey', nodeArgument),
  webhooksCopyAs: command<OfNode>('tencentChat.webhooks.copyAs', nodeArgument),
  webhooksSaveAsList: command<OfNodes>('tencentChat.webhooks.saveAsList', nodeArgument, nodesArgument),
  webhooksEditAndReplay: command<OfNode>('tencentChat.webhooks.editAndReplay', nodeArgument),
  webhooksSendEdited: command<OfDocument>('tencentChat.webhooks.sendEdited', uriArgument),
  webhooksReplay: command<OfNodes>('tencentChat.webhooks.replay', nodeArgument, nodesArgument),
  webhooksEditRules: command<() => void>('tencentChat.webhooks.editRules'),
  webhooksAddRule: command<OfNode>('tencentChat.webhooks.addRule', nodeArgument),

  walkthroughOpen: command<() => void>('tencentChat.walkthrough.open'),
  /** Does for a person, on the sandbox, what a step of the walkthrough is about. */
  walkthroughStep: command<(step?: WalkthroughStep) => void>('tencentChat.walkthrough.step', stepArgument),

  logShow: command<() => void>('tencentChat.log.show'),
  logShowExchanges: command<() => void>('tencentChat.log.showExchanges'),
} as const;

/** The name of a command in the table. */
export type CommandName = keyof typeof commands;

/** What carries out each command, with its arguments read. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    ...args: ArgumentsOf<(typeof commands)[Name]>
  ) => HandlerResult<ResultOf<(typeof commands)[Name]>>;
};

/** A handler that was declined, or had nothing to do, gives nothing. */
type HandlerResult<Result> = undefined extends Result
  ? unknown
  : Result | undefined | Promise<Result | undefined>;
