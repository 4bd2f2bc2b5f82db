// @ts-check
/** Groups in the tree, and by their names. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'a live group is asked for the history that it does not have',
    file: 'src/views/conversations/treeGroups.ts',
    from: 'if (keepsNothing(info)) return false;',
    to: '',
    tests: 'views/groups.test.ts',
  },
  {
    breaks: 'a group shows a change of a message in one of its places only',
    file: 'src/views/conversations/news.ts',
    from: 'for (const place of this.nodes.placesOf(connectionId, chat)) {',
    to: 'for (const place of this.nodes.placesOf(connectionId, chat).slice(0, 1)) {',
    tests: 'views/groups.test.ts',
  },
  {
    breaks: 'what is gone stands in 1970',
    file: 'src/views/conversations/reading/conversationBranch.ts',
    from: 'return message.time === 0 ? { ...message, time } : message;',
    to: 'return message;',
    tests: 'views/groups.test.ts',
  },
  {
    breaks: 'names are read for groups that nobody looks at',
    file: 'src/views/conversations/treeGroups.ts',
    from: '      await this.branches.groups(connectionId).load(signal, onPage);',
    to: '      await this.branches.groups(connectionId).load(signal, onPage);\n      await this.branches.infos(connectionId).ensure(this.branches.groups(connectionId).loaded);',
    tests: 'views/manyGroups.test.ts',
  },
  {
    breaks: 'groups whose loading is stopped are forgotten',
    file: 'src/views/conversations/reading/groupsBranch.ts',
    from: 'if (found.size >= this.ids.length) this.ids = [...found];',
    to: '',
    tests: 'views/manyGroups.test.ts',
  },
  {
    breaks: 'a MsgKey without its underscores is taken for a message of a group',
    file: 'src/reading/typedGroupMessage.ts',
    from: 'if (words.length === 3 && words.every((word) => /^\\d+$/.test(word))) return undefined;',
    to: '',
    tests: 'reading/typedGroupMessage.test.ts',
  },
];
