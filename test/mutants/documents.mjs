// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'what unsaved text rests on is kept on disk for the restart',
    file: 'src/documents/messageDocuments.ts',
    from: '        await this.parts.leases.keep(refHash(ref), ref.connectionId, { rest, mtime: since });\n',
    to: '        void since;\n',
    tests: 'documents',
  },
  {
    breaks: 'a lease of another window stays where it is',
    file: 'src/documents/leases.ts',
    from: 'return path.join(this.dir, `${message}.${this.window}.lease.json`);',
    to: "return path.join(this.dir, `${message}.${'0'.repeat(16)}.lease.json`);",
    tests: 'documents',
  },
  {
    breaks: 'a draft does not follow the service',
    file: 'src/documents/knowledge.ts',
    from: 'if (state.unsaved || state.service === undefined || isDraft(state)) return state;',
    to: 'if (state.unsaved || state.service === undefined) return state;',
    tests: 'documents',
  },
  {
    breaks: 'unsaved text does not follow the service',
    file: 'src/documents/knowledge.ts',
    from: 'if (state.unsaved || state.service === undefined || isDraft(state)) return state;',
    to: 'if (state.service === undefined || isDraft(state)) return state;',
    tests: 'documents',
  },
  {
    breaks: 'merging by hand leaves the base until something was merged',
    file: 'src/documents/knowledge.ts',
    from: 'return restOn(state, { base, merging: { onto: event.onto, from: shownText(state) } });',
    to: 'void base;\n      return restOn(state, { base: event.onto });',
    tests: 'documents',
  },
  {
    breaks: 'text that undoing brings back rests on what it did',
    file: 'src/documents/knowledge.ts',
    from: 'const rest = known ?? (undone',
    to: 'const rest = (undone',
    tests: 'documents',
  },
  {
    breaks: 'nothing is believed of restored text that nobody kept a base of',
    file: 'src/documents/restoredText.ts',
    from: '    if (!stored) return { rest: { base: {} }, mtime: undefined, taken: () => Promise.resolve() };',
    to: '    if (!stored) return { rest: { base: { msgBody: \'[{"MsgType":"TIMTextElem","MsgContent":{"Text":"theirs"}}]\' } }, mtime: undefined, taken: () => Promise.resolve() };',
    tests: 'documents',
  },
  {
    breaks: 'an older revision is judged by what the next one saw',
    file: 'src/modify/judgement.ts',
    from: "    if (revision.before) evidence = { kind: 'content', content: revision.before };\n",
    to: '',
    tests: 'modify',
  },
  {
    breaks: 'a confirmation is for what was shown, and for nothing else',
    file: 'src/modify/agreement.ts',
    from: 'if (!confirmed || !sameContent(confirmed.sent, sent)) return false;',
    to: 'if (confirmed) return true;\n    if (!confirmed || !sameContent(confirmed.sent, sent)) return false;',
    tests: 'modify',
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
];
