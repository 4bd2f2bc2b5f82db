import { createHmac } from 'node:crypto';

/** Common characters, none of them rude: what Chinese texts are made of when their words are hidden. */
const HAN = Array.from(
  '天地山水日月星云风雨雪花草木林江河湖海石田土金火光明春夏秋冬东西南北上下左右前后大小多少高低长短新老红黄蓝绿白黑青门窗桌椅书本纸笔车船路桥米面茶果鱼鸟马牛羊年时分天早晚今古元二三四五六七八九十百千万',
);
const KEEP = /\p{Extended_Pictographic}|\p{M}|\u200d|\u20e3/u;

/** A run of letters, digits, marks and underscores: what counts as one word. */
export const WORD = /[\p{L}\p{N}\p{M}_]+/gu;

/** What a letter or a digit may become: of the same script, case and length; more than one, or it stays. */
const pools = new Map<string, readonly string[]>();

const SCRIPTS = [
  'Latin',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Cyrillic',
  'Greek',
  'Arabic',
  'Hebrew',
].map((name) => new RegExp(`\\p{Script=${name}}`, 'u'));
const CLASSES = [/\p{Lu}/u, /\p{Ll}/u, /\p{L}/u, /\p{Nd}/u, /\p{N}/u];

function kindOf(char: string): string {
  return `${SCRIPTS.findIndex((one) => one.test(char))}.${CLASSES.findIndex((one) => one.test(char))}`;
}

function poolOf(char: string): readonly string[] {
  const known = pools.get(char);
  if (known) return known;
  const made = makePool(char);
  pools.set(char, made);
  return made;
}

function makePool(char: string): readonly string[] {
  if (KEEP.test(char) || !/[\p{L}\p{N}]/u.test(char)) return [char];
  const code = char.codePointAt(0) ?? 0;
  const kind = kindOf(char);
  if (/[a-z]/.test(char)) return Array.from('abcdefghijklmnopqrstuvwxyz');
  if (/[A-Z]/.test(char)) return Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  if (char.length === 1 && /\p{Script=Han}/u.test(char) && /\p{L}/u.test(char)) return HAN;
  // Neighbours are of the same block; the scripts that writing systems share a block with are told apart.
  const first = code - (code % 64);
  return Array.from({ length: 64 }, (_, index) => String.fromCodePoint(first + index)).filter(
    (other) => other.length === char.length && kindOf(other) === kind && !KEEP.test(other),
  );
}

/** Replaces words by others of the same look: the same word by the same one, as long as the secret is the same. */
export class Words {
  /** @param secret without it nobody finds out which words were there */
  constructor(private readonly secret: string) {}

  /**
   * Another word of the same length, script and case. Marks, emoji and underscores stay.
   *
   * @param isTaken true for a word that must not come out
   */
  word(word: string, isTaken: (made: string) => boolean, salt = ''): string {
    let made = word;
    for (let attempt = 0; attempt < 64; attempt += 1) {
      made = this.made(word, `${salt}${attempt}`, poolOf);
      if (made !== word && !isTaken(made)) return made;
    }
    return made;
  }

  /** An id of the same length and look; hexadecimal stays so. */
  id(id: string): string {
    const hex = /^[0-9a-f-]+$/i.test(id);
    const pool = (char: string): readonly string[] => {
      if (hex && /[a-f]/.test(char)) return Array.from('abcdef');
      return hex && /[A-F]/.test(char) ? Array.from('ABCDEF') : poolOf(char);
    };
    const made = this.made(id, 'id', pool);
    return made === id ? this.made(id, 'id again', pool) : made;
  }

  private made(word: string, salt: string, pool: (char: string) => readonly string[]): string {
    let digest = Buffer.alloc(0);
    let block = 0;
    let at = 0;
    const chars = Array.from(word);
    return chars
      .map((char, index) => {
        // A digit with a frame around it is an emoji.
        if (chars[index + 1] === '\ufe0f' || chars[index + 1] === '\u20e3') return char;
        const choices = pool(char);
        if (choices.length < 2) return char;
        if (at + 2 > digest.length) {
          digest = createHmac('sha256', this.secret).update(`${salt}\n${block}\n${word}`, 'utf8').digest();
          block += 1;
          at = 0;
        }
        const number = digest.readUInt16BE(at);
        at += 2;
        return choices[number % choices.length] ?? char;
      })
      .join('');
  }
}
