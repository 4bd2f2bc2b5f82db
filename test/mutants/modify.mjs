// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'the before-image is written down before the call leaves',
    file: 'src/modify/modifier.ts',
    from: `      const revision = await this.begin(request, { before, sent });
      const end`,
    to: `      const [revision] = [await this.begin(request, { before: sent, sent })];
      const end`,
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'what the service shows is compared with what the text was made from',
    file: 'src/modify/agreement.ts',
    from: 'return sameContent(seen.content, this.expected) ? undefined : this.conflict(seen.content);',
    to: 'return undefined;',
    tests: 'modify/comparing.test.ts',
  },
  {
    breaks: 'Keep Mine overwrites what the person was shown, and nothing newer',
    file: 'src/modify/agreement.ts',
    from: `    this.expected = service;
    return 'readAgain';`,
    to: '    return undefined;',
    tests: 'modify/comparing.test.ts',
  },
  {
    breaks: 'a change that somebody else made already is no conflict',
    file: 'src/modify/agreement.ts',
    from: "if (changedMembers(service, this.mine).length === 0) return { kind: 'nothingToDo', content: service };",
    to: '',
    tests: 'modify/comparing.test.ts',
  },
  {
    breaks: 'the message is read again after the question was answered',
    file: 'src/modify/agreement.ts',
    from: '      this.confirmed = attempt;',
    to: "      return { kind: 'agreed', ...attempt };",
    tests: 'modify/confirming.test.ts',
  },
  {
    breaks: 'only the members that changed are sent',
    file: 'src/modify/agreement.ts',
    from: 'sent: pickMembers(this.mine, members)',
    to: 'sent: this.mine',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'production asks every time',
    file: 'src/modify/modifier.ts',
    from: `    case 'production':
      return true;`,
    to: `    case 'production':
      return forGood || asksInTest(connection);`,
    tests: 'modify/confirming.test.ts',
  },
  {
    breaks: 'the lock of a message is let go when its modify ends',
    file: 'src/modify/modifier.ts',
    from: '      await taken.lock.release();',
    to: '',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'two modifies of one message keep off each other',
    file: 'src/modify/lock.ts',
    from: "return await this.layer.open(file, 'wx');",
    to: `await fs.unlink(file).catch(() => undefined);
      return await this.layer.open(file, 'wx');`,
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: "a lock of a process that got the number of a dead one is nobody's",
    file: 'src/modify/lock.ts',
    from: '    return start !== lock.start;',
    to: '    return false;',
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: 'a lock of another machine is believed',
    file: 'src/modify/lock.ts',
    from: `    if (lock.host !== os.hostname()) return silence > silentMs;
`,
    to: '',
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: 'a stale lock is removed only while it is the one that was found',
    file: 'src/modify/lock.ts',
    from: `      if ((await readLock(file))?.token === token) await fs.unlink(file).catch(() => undefined);
    } finally {`,
    to: `      await fs.unlink(file).catch(() => undefined);
    } finally {`,
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: 'a cancel before the request leaves, leaves no trace in the journal',
    file: 'src/modify/modifier.ts',
    from: `      if (end.kind === 'cancelled' && !end.left) await this.parts.discard(revision);
      else await`,
    to: '      await',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'what the service made of the message is read back',
    file: 'src/modify/modifier.ts',
    from: 'const { content, differs, shown } = await readBack(client, address, attempt, timing, signal);',
    to: `const { content, differs, shown } = { content: attempt.sent, differs: false, shown: true };
    void [readBack, client, address, timing, signal];`,
    tests: 'modify/failing.test.ts',
  },
  {
    breaks: 'what was read back is written down',
    file: 'src/modify/modifier.ts',
    from: `    if (shown) await this.parts.settle(revision, { ...outcome, readBack: content });
`,
    to: '',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'what is in doubt about a message is settled before it is modified again',
    file: 'src/modify/modifier.ts',
    from: 'onSeen: settlingOnce(this.parts, request),',
    to: 'onSeen: () => Promise.resolve(false),',
    tests: 'modify/settling.test.ts',
  },
  {
    breaks: 'between two tries one looks what is there',
    file: 'src/modify/sending.ts',
    from: '    const end = endBy(sending.standing(seen), seen, verdict);',
    to: '    const end = seen ? undefined : endBy(sending.standing(seen), seen, verdict);',
    tests: 'modify/failing.test.ts',
  },
  {
    breaks: 'one looks until the service can no longer be at it',
    file: 'src/modify/readBack.ts',
    from: "    if (standing(found) !== 'before' || timing.now() >= until) return found;",
    to: '    if (until > 0) return found;',
    tests: 'modify/settling.test.ts',
  },
  {
    breaks: 'a lost answer is a doubt, and not a call that never got there',
    file: 'src/modify/answerVerdict.ts',
    from: "error.outcomeUnknown ? 'doubt' : 'unreachable'",
    to: "'unreachable'",
    tests: 'modify/failing.test.ts',
  },
  {
    breaks: 'a message that is as it was says that nothing was done',
    file: 'src/modify/judgement.ts',
    from: "before: 'notDone', other: 'foreign'",
    to: "before: 'done', other: 'foreign'",
    tests: 'modify/settling.test.ts',
  },
  {
    breaks: 'a message that another window is at is not settled from here',
    file: 'src/modify/unfinishedRevisions.ts',
    from: "  if (taken.kind === 'busy') return 'busy';",
    to: "  if (taken.kind === 'busy') return undefined;",
    tests: 'modify/settling.test.ts',
  },
  {
    breaks: 'a recall keeps what the message is when it is recalled',
    file: 'src/modify/recall.ts',
    from: `    if (copy.before) copy = await readCopy(context);
`,
    to: '',
    tests: 'modify/recall.test.ts',
  },
  {
    breaks: 'a message that somebody recalled meanwhile counts as recalled',
    file: 'src/modify/recall.ts',
    from: "means(error, 'alreadyRecalled')",
    to: "means(error, 'notFound')",
    tests: 'modify/recall.test.ts',
  },
  {
    breaks: 'errors of the local check stop a modify unless it is to be sent anyway',
    file: 'src/modify/checkedText.ts',
    from: '  if (hasErrors && (await',
    to: '  if (problems.length < 0 && hasErrors && (await',
    tests: 'modify/modifier.test.ts',
  },
];
