import { contextKeys, Lacking, setContext } from '../contributions/contextKeys';
import { settings, type Settings } from '../contributions/settings';
import type { Belongings } from '../ui/room';
import type { Rooms } from './rooms';

/** What was written down may be removed again; looked at when nothing more has come for so long. */
const REST_MS = 1_000;

/** Lets palette and menus know what there is, as far as what knows of it was needed yet. */
export function keepMenuKeys(
  rooms: Rooms,
  { own }: Belongings,
  read: Settings,
  report: (error: unknown) => void,
): void {
  const lacking = new Lacking();
  rooms.connections.whenMade(({ connections }) => {
    const look = (): void => {
      const list = connections.list();
      // The sandbox that a setting names becomes a connection when somebody needs one.
      const named = connections.sandbox.configured !== undefined;
      lacking.set('connection', named || list.length > 0);
      lacking.set('writable', named || list.some(({ readOnly }) => !readOnly));
      lacking.set(
        'readOnly',
        list.some(({ readOnly }) => readOnly),
      );
      lacking.set(
        'app',
        list.some(({ credentialKind }) => credentialKind !== 'sandbox'),
      );
    };
    const lookForSandbox = (state?: 'running' | 'stopped'): void => {
      const isNamed = connections.sandbox.configured !== undefined;
      void setContext(contextKeys.sandbox, isNamed ? 'elsewhere' : state);
    };
    own(connections.onDidChange(look));
    own(connections.onDidChangeSandbox(lookForSandbox));
    own(
      read.onDidChange([settings.sandboxEndpoint], () => {
        look();
        lookForSandbox();
      }),
    );
    look();
    lookForSandbox();
  });
  rooms.journal.whenMade(({ journal, plans, onDidChange }) => {
    let rest: NodeJS.Timeout | undefined;
    const look = async (): Promise<void> => {
      lacking.set('modification', (await journal.list({ limit: 1 })).length > 0);
      lacking.set('plan', (await plans.list()).length > 0);
    };
    own(
      onDidChange(() => {
        // At once, so that what was just done can be undone at once.
        lacking.set('modification', true);
        lacking.set('plan', true);
        clearTimeout(rest);
        rest = setTimeout(() => void look().catch(report), REST_MS);
      }),
    );
    own({ dispose: () => clearTimeout(rest) });
    look().catch(report);
  });
}
