// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'history is read before a second attempt',
    file: 'src/sending/sender.ts',
    from: "revision.request?.document === document ? attemptOf(revision) : undefined;\n      if (!attempt) continue;\n      onProgress('looking');",
    to: "revision.request?.document === document ? attemptOf(revision) : undefined;\n      if (attempt) continue;\n      if (!attempt) continue;\n      onProgress('looking');",
    tests: 'sending/sender.test.ts',
  },
  {
    breaks: 'what leaves no history is not told as not sent',
    file: 'src/sending/attempt.ts',
    from: "if (fields.OnlineOnlyFlag === 1) return 'never';",
    to: '',
    tests: 'sending/sender.test.ts',
  },
  {
    breaks: 'two windows do not send one document at once',
    file: 'src/sending/sender.ts',
    from: "if (taken.kind === 'busy') return taken;",
    to: "if (taken.kind === 'busy') return this.send(request, newIdentity(), { signal, onProgress });",
    tests: 'sending/sender.test.ts',
  },
  {
    breaks: 'an older version leaves alone what was sent',
    file: 'src/journal/revisionFile.ts',
    from: 'send: 4,',
    to: 'send: 1,',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a message that is not sent yet, of a newer version, is left alone',
    file: 'src/sending/unsentStore.ts',
    from: 'if (!isNewer(record, FORMAT)) await',
    to: 'await',
    tests: 'sending/unsentStore.test.ts',
  },
  {
    breaks: 'reading history waits where the app makes too many calls',
    file: 'src/chat/wire/patientCall.ts',
    from: 'if (!isTooOften || round === TRIES) throw error;',
    to: 'throw error;',
    tests: 'chat/history.test.ts',
  },
  {
    breaks: 'what keeps changes from being settled keeps sendings from it, too',
    file: 'src/app/settling.ts',
    from: 'await Promise.all([changes().catch(report), sends().catch(report), imports().catch(report)]);',
    to: 'await changes().then(sends).then(imports).catch(report);',
    tests: 'app/settling.test.ts',
  },
];
