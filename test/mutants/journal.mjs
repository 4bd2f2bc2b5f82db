// @ts-check
/** @type {import('../../scripts/mutants.mjs').Mutant[]} */
export default [
  {
    breaks: 'a setting that cannot be meant counts as its default',
    file: 'src/contributions/settingChecks.ts',
    from: 'return setting.accepts(value) ? { value, wrong: false } : { value: setting.fallback, wrong: true };',
    to: 'return { value: value as T, wrong: false };',
    tests: 'contributions/settingChecks.test.ts',
  },
  {
    breaks: 'a clock that was years ahead costs no revision',
    file: 'src/journal/retention.ts',
    from: 'Math.min(gap, longestGapMs)',
    to: 'gap',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'the last thousand stay whatever their age',
    file: 'src/journal/retention.ts',
    from: 'candidates.length - index > limits.keepNewest && ',
    to: '',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'ids rise with the newest of all connections',
    file: 'src/journal/journal.ts',
    from: 'const newest = await this.newestTime();',
    to: 'const newest = 0;',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a cancel is one although the journal cannot be written',
    file: 'src/modify/modifier.ts',
    from: 'discard: (revision) => orTell(() => journal.discard(revision)),',
    to: 'discard: (revision) => journal.discard(revision),',
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'a lock that a full disk did not take whole keeps nobody off',
    file: 'src/modify/lock.ts',
    from: `      this.held.delete(token);
      await fs.unlink(file).catch(() => undefined);
      throw error;`,
    to: '      throw error;',
    tests: 'modify/lock.test.ts',
  },
  {
    breaks: 'a doubt that was left for want of a client is settled once its connection answers',
    file: 'src/modify/doubts.ts',
    from: 'for (const { revision, why } of report.left) this.left.set(revision.connection.id, this.againAt(why));',
    to: '',
    tests: 'modify/doubts.test.ts',
  },
  {
    breaks: 'what is going to happen is on the disk before the request may leave',
    file: 'src/journal/journal.ts',
    from: `    await this.write(revision, 'unfinished');
    this.changed();
    return revision;`,
    to: `    void this.write(revision, 'unfinished').catch(() => undefined);
    this.changed();
    return revision;`,
    tests: 'modify/modifier.test.ts',
  },
  {
    breaks: 'the finished revision is written before the unfinished one goes',
    file: 'src/journal/journal.ts',
    from: `    await this.write(settled, 'finished');
    await removeFile(this.files.file(settled, 'unfinished'), this.layer);`,
    to: `    await removeFile(this.files.file(settled, 'unfinished'), this.layer);
    await this.write(settled, 'finished');`,
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'an end that is not known leaves the revision unfinished',
    file: 'src/journal/journal.ts',
    from: '    if (isUnfinished(settled)) {',
    to: "    if (settled.outcome.state === 'pending') {",
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'revisions keep their order, whatever the clock says',
    file: 'src/journal/journal.ts',
    from: 'const free = Math.max(this.now(), this.lastTime + 1, newest + 1);',
    to: 'const free = this.now();',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a revision that was settled is not in doubt, although its unfinished file is still there',
    file: 'src/journal/journalReader.ts',
    from: " || (await this.files.has(folder, id, 'finished'))) continue;",
    to: ') continue;',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a group that was settled is not in doubt, although its unfinished file is still there',
    file: 'src/journal/planRevisions.ts',
    from: " || (await this.groups.has(folder, id, 'finished'))) continue;",
    to: ') continue;',
    tests: 'journal/planRevisions.test.ts',
  },
  {
    breaks: 'a damaged file is set aside',
    file: 'src/journal/journalFile.ts',
    from: '  const movedTo = await setAside(file, layer);',
    to: `  const movedTo = undefined;
  void setAside;`,
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a file of a newer version stays where it is',
    file: 'src/journal/journalFile.ts',
    from: 'isNewer(record, newest)) {',
    to: 'isNewer(record, newest + 1_000)) {',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a file is of the revision and the connection that its place says',
    file: 'src/journal/journalFolder.ts',
    from: 'revision.id === id && this.connectionFolder(revision.connection.id) === connectionFolder,',
    to: 'true,',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'what is unfinished is never forgotten',
    file: 'src/journal/retention.ts',
    from: 'if (!finished || (plan && age < planKeptMs)) {',
    to: 'if (plan && age < planKeptMs) {',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: "nothing that a caller's connection carries besides gets into the journal",
    file: 'src/journal/revisionFile.ts',
    from: '    connection: plainConnection(connection),',
    to: '    connection,',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'an export has the text of a content as it is, long numbers too',
    file: 'src/journal/exportLine.ts',
    from: '`"${name}":${minify(text)}`',
    to: '`"${name}":${JSON.stringify(JSON.parse(text))}`',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'what was written survives a power cut',
    file: 'src/files/atomic.ts',
    from: `    else for await (const piece of data) await open.writeFile(piece, 'utf8');
    await open.sync();`,
    to: "    else for await (const piece of data) await open.writeFile(piece, 'utf8');",
    tests: 'files/atomic.test.ts',
  },
  {
    breaks: 'a file holds the old text or the whole new one',
    file: 'src/files/atomic.ts',
    from: `    await writeNew(temporary, data, layer, mode);
    await replace(temporary, file, layer);`,
    to: `    await layer.unlink(file).catch(() => undefined);
    await writeNew(file, data, layer, mode);`,
    tests: 'files/atomic.test.ts',
  },
  {
    breaks: 'a removal is on the disk when it returns',
    file: 'src/files/atomic.ts',
    from: `  await syncFolder(path.dirname(file), layer);
  return true;`,
    to: '  return true;',
    tests: 'files/atomic.test.ts',
  },
  {
    breaks: 'a connection that is edited keeps its journal',
    file: 'src/journal/journal.ts',
    from: 'connection: { ...revision.connection, id: to }',
    to: 'connection: revision.connection',
    tests: 'journal/journal.test.ts',
  },
  {
    breaks: 'a window that ends reads no more of what is in doubt',
    file: 'src/modify/doubts.ts',
    from: 'this.ended.abort();',
    to: '',
    tests: 'modify/doubts.test.ts',
  },
];
