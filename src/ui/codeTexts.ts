import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isReadOnlyCall } from '../chat/calls/specs';
import { lookUpCode } from '../chat/catalogue';
import { clientTextKey } from '../chat/clientCodes';
import type { Log } from './log';

/** What a code means and what to do about it, in the person's language. */
export interface CodeText {
  readonly meaning: string;
  readonly remedy: string;
}

/**
 * The texts of the service's codes from `l10n/codes*.json`. They are read when the first code is worded, since most
 * sessions never need one; a language that lacks a code, or has no file, falls back to English.
 */
export class CodeTexts {
  private texts: ReadonlyMap<string, CodeText> | undefined;

  /**
   * @param folder the extension's `l10n` folder.
   * @param language VS Code's display language, e.g. `zh-cn`.
   */
  constructor(
    private readonly folder: string,
    private readonly language: string,
    private readonly log: Log,
  ) {}

  /**
   * The text of `code`, also of one that lies in a range; undefined for a code nobody documented.
   *
   * @param command the call that was answered with it, where the words may depend on that
   */
  of(code: number, command?: string): CodeText | undefined {
    const texts = this.all();
    const name = String(lookUpCode(code)?.code ?? code);
    if (command === undefined) return texts.get(name);
    const ofKind = isReadOnlyCall(command) ? texts.get(`${name} read`) : undefined;
    return texts.get(`${name} ${command}`) ?? ofKind ?? texts.get(name);
  }

  /** The text of a code of the client SDKs: its own, or what they all have in common. */
  ofClient(code: number): CodeText | undefined {
    return this.all().get(clientTextKey(code));
  }

  private all(): ReadonlyMap<string, CodeText> {
    return (this.texts ??= new Map([
      ...this.read('codes.json'),
      ...this.read(`codes.${this.language}.json`),
    ]));
  }

  private read(name: string): [string, CodeText][] {
    try {
      const parsed: unknown = JSON.parse(readFileSync(join(this.folder, name), 'utf8'));
      return Object.entries(parsed ?? {}).filter((entry): entry is [string, CodeText] =>
        isCodeText(entry[1]),
      );
    } catch (error) {
      // A language without translation is normal; anything else deserves a line.
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        this.log.error(error, name);
      return [];
    }
  }
}

function isCodeText(value: unknown): value is CodeText {
  return (
    typeof value === 'object' &&
    value !== null &&
    'meaning' in value &&
    typeof value.meaning === 'string' &&
    'remedy' in value &&
    typeof value.remedy === 'string'
  );
}
