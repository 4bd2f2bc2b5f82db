import type { ChatClient } from '../chat/client';
import type { PersonView } from '../conversation/rowViews';

const NICK = 'Tag_Profile_IM_Nick';
const FACE = 'Tag_Profile_IM_Image';

/** Nicks and faces of the users of an app (`portrait_get`), each asked for once. */
export class People {
  private readonly known = new Map<string, PersonView>();
  private readonly asked = new Set<string>();

  /** @param onError told when people have to stand there without their nicks */
  constructor(
    private readonly client: () => Promise<ChatClient>,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** Those of these that are known, and asks for the others. @param told when more of them are known */
  of(ids: Iterable<string>, told: (people: readonly PersonView[]) => void): readonly PersonView[] {
    const wanted = [...new Set(ids)].filter((id) => id !== '');
    const missing = wanted.filter((id) => !this.known.has(id) && !this.asked.has(id));
    if (missing.length > 0) {
      for (const id of missing) this.asked.add(id);
      this.ask(missing).then(told, (error: unknown) => {
        // Whoever looks again asks again.
        for (const id of missing) this.asked.delete(id);
        this.onError(error);
      });
    }
    return wanted.flatMap((id) => this.known.get(id) ?? []);
  }

  private async ask(ids: readonly string[]): Promise<readonly PersonView[]> {
    const portraits = await (await this.client()).portraitGet(ids, [NICK, FACE]);
    const people = portraits.map(({ userId, tags }): PersonView => {
      const [nick, face] = [tags.get(NICK), tags.get(FACE)];
      return {
        id: userId,
        ...(typeof nick === 'string' && nick !== '' && { nick }),
        ...(typeof face === 'string' && face.startsWith('https://') && { face }),
      };
    });
    for (const person of people) this.known.set(person.id, person);
    return people;
  }
}
