// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'what unsaved text rests on is kept on disk for the restart',
    file: 'src/documents/keeper.ts',
    from: '        await this.disk.leases.keep(refHash(ref), ref.connectionId, { rest, mtime: since });\n',
    to: '        void since;\n',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'a lease of another window stays where it is',
    file: 'src/documents/leases.ts',
    from: 'return path.join(this.dir, `${document}.${this.window}.lease.json`);',
    to: "return path.join(this.dir, `${document}.${'0'.repeat(16)}.lease.json`);",
    tests: 'documents/leases.test.ts',
  },
  {
    breaks: 'a draft does not follow the service',
    file: 'src/documents/step.ts',
    from: 'if (state.unsaved || state.service === undefined || isDraft(state)) return state;',
    to: 'if (state.unsaved || state.service === undefined) return state;',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'unsaved text does not follow the service',
    file: 'src/documents/step.ts',
    from: 'if (state.unsaved || state.service === undefined || isDraft(state)) return state;',
    to: 'if (state.service === undefined || isDraft(state)) return state;',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'merging by hand leaves the base until something was merged',
    file: 'src/documents/step.ts',
    from: 'return restOn(state, { base, merging: { onto: event.onto, from: shownText(state) } });',
    to: 'void base;\n      return restOn(state, { base: event.onto });',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'text that undoing brings back rests on what it did',
    file: 'src/documents/step.ts',
    from: 'const rest = known ?? (undone',
    to: 'const rest = (undone',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'nothing is believed of restored text that nobody kept a base of',
    file: 'src/documents/restoredText.ts',
    from: '    if (!stored) return { rest: { base: {} }, mtime: undefined, taken: () => Promise.resolve() };',
    to: '    if (!stored) return { rest: { base: { msgBody: \'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"theirs"}}]\' } }, mtime: undefined, taken: () => Promise.resolve() };',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'an older revision is judged by what the next one saw',
    file: 'src/modify/judgement.ts',
    from: "    if (revision.before) evidence = { kind: 'content', content: revision.before };\n",
    to: '',
    tests: 'modify/settling.test.ts',
  },
  {
    breaks: 'a confirmation is for what was shown, and for nothing else',
    file: 'src/modify/agreement.ts',
    from: 'if (!confirmed || !sameContent(confirmed.sent, sent)) return false;',
    to: 'if (confirmed) return true;\n    if (!confirmed || !sameContent(confirmed.sent, sent)) return false;',
    tests: 'modify/confirming.test.ts',
  },
  {
    breaks: 'a disk that is full is told once and not with every letter',
    file: 'src/documents/keeper.ts',
    from: 'if (this.told) return;',
    to: '',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'a lease that cannot be written keeps nobody from typing',
    file: 'src/documents/keeper.ts',
    from: `      kept.lease = rest;
    } catch (error) {
      this.tell(error);`,
    to: `      kept.lease = rest;
    } catch (error) {
      throw error;`,
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'what was modified is known although the disk cannot follow, which it does later',
    file: 'src/documents/keeper.ts',
    from: 'kept.behind = true;',
    to: '',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'after a modify the text rests on what came of it',
    file: 'src/documents/step.ts',
    from: `  const saved: Rest = { base: readBack };
`,
    to: `  const saved: Rest = state.saved;
`,
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'a text that was sent and means something else now is shown as the service has it',
    file: 'src/documents/step.ts',
    from: 'const keepsText = editedOn || (mine !== undefined && changedMembers(readBack, mine).length === 0);',
    to: 'const keepsText = editedOn || mine !== undefined;',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'typing rests on what VS Code had read, not on what came a moment before',
    file: 'src/documents/step.ts',
    from: 'return handedOut && handedOut.mtime !== mtime ? handedOut.rest : saved;',
    to: 'return handedOut && handedOut.mtime < 0 && mtime > 0 ? handedOut.rest : saved;',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'a merge that was given up moves no base',
    file: 'src/documents/step.ts',
    from: 'return then && sameContent(then, now) ? rest : { base: merging.onto };',
    to: `void then;
  return { base: merging.onto };`,
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'the time of change of a file never goes back',
    file: 'src/documents/step.ts',
    from: '  return Math.max(at, mtime + 1);',
    to: '  return Math.max(at, mtime > 0 ? 0 : 1);',
    tests: 'documents/knowledge.test.ts',
  },
  {
    breaks: 'what cannot be kept does not happen: the text stays unsaved',
    file: 'src/documents/keeper.ts',
    from: `      if (!happensAnyway.has(why)) throw error;
`,
    to: `      void why;
`,
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'what the disk could not follow is written with the next event',
    file: 'src/documents/keeper.ts',
    from: `      kept.behind = true;
`,
    to: '',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: "a disk that cannot keep a text's base is told of",
    file: 'src/documents/keeper.ts',
    from: `    this.told = true;
    this.onUnkept(error);`,
    to: '    this.told = true;',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'a window is not told of its own drafts',
    file: 'src/documents/draftStore.ts',
    from: 'if (!ref || found?.text === before?.text) return undefined;',
    to: 'if (!ref) return undefined;',
    tests: 'documents/draftStore.test.ts',
  },
  {
    breaks: "a draft under another message's name is not taken for its own",
    file: 'src/documents/draftStore.ts',
    from: 'if (state && fileName(state.ref) === name) return { state, text };',
    to: 'if (state) return { state, text };',
    tests: 'documents/draftStore.test.ts',
  },
  {
    breaks: 'the draft of a newer version is left alone',
    file: 'src/documents/draftStore.ts',
    from: 'isNewer(record, 1)) {',
    to: 'isNewer(record, 1_000)) {',
    tests: 'documents/draftStore.test.ts',
  },
  {
    breaks: 'drafts of one message are written in the order they were asked for',
    file: 'src/documents/draftStore.ts',
    from: `    await this.turns.run(name, async () => {
      await this.folders.make(this.dir);
      await writeFileAtomic`,
    to: `    await (async (work: () => Promise<void>) => work())(async () => {
      await this.folders.make(this.dir);
      await writeFileAtomic`,
    tests: 'documents/draftStore.test.ts',
  },
  {
    breaks: 'a lease of a process that got the number of a dead one is an orphan',
    file: 'src/documents/leases.ts',
    from: '    return start !== undefined && now !== undefined && now !== start;',
    to: '    return start !== undefined && now === undefined;',
    tests: 'documents/leases.test.ts',
  },
  {
    breaks: "the lease of this window's text stays when a connection goes",
    file: 'src/documents/leases.ts',
    from: 'if (window === this.window || (await',
    to: 'if ((await',
    tests: 'documents/leases.test.ts',
  },
  {
    breaks: 'a draft that another window discarded is discarded here',
    file: 'src/documents/loadedMessages.ts',
    from: "    await this.inTurn(ref, { kind: 'adopted', state, at: this.now() });",
    to: "    if (state) await this.inTurn(ref, { kind: 'adopted', state, at: this.now() });",
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'messages that nobody shows are let go',
    file: 'src/documents/heldMessages.ts',
    from: '    for (const entry of idle.slice(0, -IDLE_ENTRIES)) this.letGo(entry);',
    to: '    void idle;',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'drafts move to the connection that took the place of theirs with what they rest on',
    file: 'src/documents/messageDocuments.ts',
    from: 'await drafts.write({ ...state, ref: there });',
    to: 'await drafts.write({ ...state, base: {}, ref: there });',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'a draft is not moved over another one, nor from under unsaved text',
    file: 'src/documents/messageDocuments.ts',
    from: `    if (!state || entry?.state.unsaved) return false;
    if (other && other.draft !== state.draft) return false;`,
    to: '    if (!state) return false;',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'unsaved text can be saved after the local data was deleted',
    file: 'src/documents/step.ts',
    from: 'return state.unsaved ? { ...given, mtime: state.mtime } : follow(given, event.at);',
    to: 'return follow(given, event.at);',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'what nobody shows any more is not read to its end',
    file: 'src/documents/reads.ts',
    from: 'if (wanted === undefined || key === wanted) abort.abort();',
    to: 'void [key, wanted, abort];',
    tests: 'documents/messageDocuments.test.ts',
  },
  {
    breaks: 'what is known of read-only documents is let go',
    file: 'src/documents/changeTimes.ts',
    from: 'if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);',
    to: '',
    tests: 'documents/changeTimes.test.ts',
  },
];
