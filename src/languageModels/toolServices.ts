import * as vscode from 'vscode';
import type { MessageRef } from '../chat/address';
import type { ChatClient } from '../chat/client';
import type { Connection } from '../connections/connection';
import type { Connections } from '../connections/connections';
import { settings, type Settings } from '../contributions/settings';
import type { MessageDocuments } from '../documents/messageDocuments';
import type { CodeTexts } from '../ui/codeTexts';
import type { Log } from '../ui/log';
import type { Notices } from '../ui/notices';

/** What of the service a tool can reach: nothing of it sends, modifies or recalls. */
type Reader = Pick<ChatClient, 'history' | 'recentContacts' | 'findMessage'>;

/** What the tools for language models work with. */
export interface ToolServices {
  readonly read: Settings;
  readonly connections: Pick<Connections, 'list' | 'signers' | 'clockOffsetMs'>;
  /** Reads through a connection. Asks nobody for a secret and starts nothing. */
  readonly reader: (connectionId: string, signal: AbortSignal) => Promise<Reader>;
  readonly documents: () => Promise<MessageDocuments>;
  /** Brings what is typed into a page into its document. */
  readonly flush: (uri: vscode.Uri) => Promise<void>;
  /** Shows a person what a draft changes. */
  readonly showChange: (ref: MessageRef) => Promise<void>;
  readonly codeTexts: CodeTexts;
  readonly notices: Pick<Notices, 'message'>;
  readonly log: Log;
}

/** Why a tool does nothing, for the language model and for the person who reads along. */
export class ToolRefusal extends Error {}

/** @throws ToolRefusal unless a person turned the tools on, on this machine */
export function demandEnabled({ read }: ToolServices): void {
  const { languageModelsEnabled: setting } = settings;
  if (read.read(setting)) return;
  throw new ToolRefusal(
    vscode.l10n.t(
      'The tools for language models are off. A person turns them on with the setting {0}.',
      setting.id,
    ),
  );
}

/** Whether tools may read what an app of this environment has. */
export function mayRead({ read }: ToolServices, { environment }: Connection): boolean {
  return environment !== 'production' || read.read(settings.languageModelsReadProduction);
}

/**
 * The connection of this name or id, of which tools may read.
 *
 * @throws ToolRefusal when there is none, or it is one to production and no person allowed that
 */
export function readableConnection(services: ToolServices, named: string): Connection {
  const found = services.connections.list().filter(({ id, name }) => id === named || name === named);
  const [connection] = found;
  if (!connection || found.length > 1)
    throw new ToolRefusal(vscode.l10n.t('There is no connection named {0}.', named));
  if (mayRead(services, connection)) return connection;
  throw new ToolRefusal(
    vscode.l10n.t(
      '{0} is a connection to production, of which tools read nothing. A person allows it with the setting {1}.',
      connection.name,
      settings.languageModelsReadProduction.id,
    ),
  );
}
