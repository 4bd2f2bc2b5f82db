import * as path from 'node:path';
import * as vscode from 'vscode';
import type { FixtureServices } from '../commands/fixtureCommands';
import { Room } from '../ui/room';
import type { Ground, Rooms } from './rooms';

/**
 * Rooms of documents: the page of a message, requests, fixtures, and what helps in writing them.
 *
 * @param rooms all of them, once they are there
 */
export function documentRooms(
  { context, house, log, read, flushes, delay }: Ground,
  rooms: () => Rooms,
): Pick<
  Rooms,
  | 'members'
  | 'editor'
  | 'strings'
  | 'pages'
  | 'names'
  | 'fixtures'
  | 'fixtureTasks'
  | 'requests'
  | 'tools'
  | 'spoolFolder'
> {
  const storage = context.globalStorageUri.fsPath;
  const members = new Room(house, async () => {
    const { MemberFeatures } = await import('../unsent/memberFeatures');
    const { connections: all } = await rooms().connections.load();
    return new MemberFeatures((id) => all.get(id));
  });
  const editor = new Room(house, async (own) => {
    const { createEditor } = await import('./parts/createEditor');
    const { withUnsent } = await import('../unsent/unsentFacts');
    const { connections: all } = await rooms().connections.load();
    const facts = withUnsent((await rooms().messages.load()).facts, (id) => all.get(id));
    return createEditor(own, { context, facts, flushes, log, delay });
  });
  const strings = new Room(house, async (own) => {
    const { StringFiles } = await import('../editor/stringFiles');
    return own(new StringFiles());
  });
  const pages = new Room(house, async (own) => {
    const { Pages } = await import('../ui/pages');
    return own(new Pages());
  });
  const names = new Room(house, async () => {
    const { PseudonymStore } = await import('../pseudonyms/pseudonymStore');
    return new PseudonymStore(path.join(storage, 'pseudonyms'));
  });
  const fixtures = async (): Promise<FixtureServices> => ({
    connections: (await rooms().connections.load()).connections,
    documents: (await rooms().messages.load()).documents,
    notices: (await rooms().reports.load()).notices,
  });
  const fixtureTasks = new Room(house, async () => {
    const { FixtureTasks } = await import('../commands/fixtureTasks');
    return new FixtureTasks(await rooms().fixtures());
  });
  const requests = new Room(house, async (own) => {
    const { createRequests } = await import('../requestDocuments/createRequests');
    const { pickConnection } = await import('../commands/pickConnection');
    const { connections: all } = await rooms().connections.load();
    return createRequests(own, {
      connections: all,
      documents: (await rooms().messages.load()).documents,
      modifying: () => rooms().modifying.load(),
      json: async () => (await rooms().editor.load()).features,
      notices: (await rooms().reports.load()).notices,
      pages: await rooms().pages.load(),
      messages: (id) => rooms().conversations.made?.shownMessages(id) ?? [],
      choose: () => pickConnection(all, undefined, vscode.l10n.t('Send through Which Connection?')),
    });
  });
  const tools = new Room(house, async () => {
    const { createTools } = await import('../languageModels/createTools');
    const { connections: all } = await rooms().connections.load();
    return createTools({
      ...(await rooms().reports.load()),
      ...{ read, log },
      connections: all,
      reader: (id, signal) => all.client(id, { signal }),
      documents: async () => (await rooms().messages.load()).documents,
      flush: (uri) => flushes.flush(uri),
      showChange: async (ref) => (await import('../modifying/messageDiffs')).showBaseDiff(ref),
    });
  });

  return {
    members,
    editor,
    strings,
    pages,
    names,
    fixtures,
    fixtureTasks,
    requests,
    tools,
    spoolFolder: path.join(storage, 'spool'),
  };
}
