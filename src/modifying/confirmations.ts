import type { ModifyConnection } from '../modify/modifyRequest';

/**
 * Whether a modify through a connection to a test app asks this time: once a window, or every time if the setting
 * says so. Production always asks and the sandbox never does; that is not for settings to change.
 */
export class Confirmations {
  private readonly confirmed = new Set<string>();
  private readonly confirmedForGood = new Set<string>();

  /** @param howOften what the setting for test connections says */
  constructor(private readonly howOften: () => 'oncePerWindow' | 'always') {}

  readonly asksInTest = (connection: ModifyConnection): boolean => {
    return this.howOften() === 'always' || !this.confirmed.has(connection.id);
  };

  /** Whether a call that takes nothing away asks this time. */
  asks(connection: ModifyConnection): boolean {
    const { environment } = connection;
    return environment === 'production' || (environment === 'test' && this.asksInTest(connection));
  }

  /** Whether a sandbox asks before what cannot be taken back: once a window. Everywhere else that always asks. */
  readonly asksForGood = (connection: ModifyConnection): boolean => !this.confirmedForGood.has(connection.id);

  /** The person said yes, in this connection, to what cannot be taken back. */
  givenForGood(connection: ModifyConnection): void {
    this.confirmedForGood.add(connection.id);
  }

  /** Connections were added, edited or removed: what was confirmed for one of before says nothing of one of now. */
  startAnew(): void {
    this.confirmed.clear();
    this.confirmedForGood.clear();
  }

  /** The person said yes for this connection. */
  given(connection: ModifyConnection): void {
    this.confirmed.add(connection.id);
  }
}
