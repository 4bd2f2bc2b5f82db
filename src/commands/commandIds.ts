/** Every command of the extension, in one place: the manifest, the registrations and a test agree on this list. */
export const commandIds = {
  connectionAdd: 'tencentChat.connection.add',
  connectionEdit: 'tencentChat.connection.edit',
  connectionRemove: 'tencentChat.connection.remove',
  connectionTest: 'tencentChat.connection.test',
  connectionEnterSecret: 'tencentChat.connection.enterSecret',
  connectionSignAgain: 'tencentChat.connection.signAgain',

  accountImport: 'tencentChat.account.import',

  sandboxTry: 'tencentChat.sandbox.try',
  sandboxStart: 'tencentChat.sandbox.start',
  sandboxStop: 'tencentChat.sandbox.stop',
  sandboxReset: 'tencentChat.sandbox.reset',
  sandboxStatus: 'tencentChat.sandbox.status',

  explorerRefresh: 'tencentChat.explorer.refresh',
  explorerRefreshNode: 'tencentChat.explorer.refreshNode',
  explorerLoadMore: 'tencentChat.explorer.loadMore',
  explorerRetry: 'tencentChat.explorer.retry',
  explorerFocusDown: 'tencentChat.explorer.focusDown',
  explorerFocusUp: 'tencentChat.explorer.focusUp',
  userAdd: 'tencentChat.user.add',
  userRemove: 'tencentChat.user.remove',
  conversationAdd: 'tencentChat.conversation.add',
  conversationRemove: 'tencentChat.conversation.remove',
  conversationGoToDate: 'tencentChat.conversation.goToDate',

  messageOpen: 'tencentChat.message.open',
  messageOpenByKey: 'tencentChat.message.openByKey',
  messageCopyKey: 'tencentChat.message.copyKey',
  messageModify: 'tencentChat.message.modify',
  messageCompare: 'tencentChat.message.compare',
  messageDiscardDraft: 'tencentChat.message.discardDraft',
  messageOpenAsText: 'tencentChat.message.openAsText',
  messageRecall: 'tencentChat.message.recall',
  messageReload: 'tencentChat.message.reload',
  messageQuickFix: 'tencentChat.message.quickFix',
  conflictKeepMine: 'tencentChat.conflict.keepMine',
  conflictTakeService: 'tencentChat.conflict.takeService',
  conflictMergeByHand: 'tencentChat.conflict.mergeByHand',
  modificationUndo: 'tencentChat.modification.undo',
  errorCodeExplain: 'tencentChat.errorCode.explain',

  draftShow: 'tencentChat.draft.show',
  draftsModifyAll: 'tencentChat.drafts.modifyAll',

  historyShow: 'tencentChat.history.show',
  historyShowAll: 'tencentChat.history.showAll',
  historyRefresh: 'tencentChat.history.refresh',
  revisionShow: 'tencentChat.revision.show',
  revisionRestore: 'tencentChat.revision.restore',
  journalExport: 'tencentChat.journal.export',

  embeddedEdit: 'tencentChat.embedded.edit',
  selectionCheck: 'tencentChat.selection.check',

  connectionMakeReadOnly: 'tencentChat.connection.makeReadOnly',
  connectionAllowModifying: 'tencentChat.connection.allowModifying',
  connectionDeleteLocalData: 'tencentChat.connection.deleteLocalData',

  logShow: 'tencentChat.log.show',
  logShowExchanges: 'tencentChat.log.showExchanges',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];
