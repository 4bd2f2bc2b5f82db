import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { MessageRef } from '../../src/chat/address';
import type { MessageContent } from '../../src/chat/chatMessage';
import { DraftStore } from '../../src/documents/draftStore';
import { isDraft, isUnmerged, restOfText, textOf } from '../../src/documents/knowledge';
import { Leases } from '../../src/documents/leases';
import { MessageDocuments } from '../../src/documents/messageDocuments';
import { sameContent } from '../../src/message/changes';
import { contentOf, formatMessage, parseMessage } from '../../src/message/document';
import type { ConflictChoice } from '../../src/modify/modifyRequest';
import { includes, type ModifyWorld, type Window } from './modifyWorld';

/** What a person does at one of the two windows, and what happens to them. */
export type Act =
  | { readonly kind: 'type' | 'undo' | 'revert' | 'open' | 'close' | 'refresh' | 'news'; readonly at: 0 | 1 }
  | { readonly kind: 'take' | 'discard' | 'merge' | 'merged' | 'modifyAll'; readonly at: 0 | 1 }
  | { readonly kind: 'save'; readonly at: 0 | 1; readonly overwrite: boolean }
  | { readonly kind: 'modify'; readonly at: 0 | 1; readonly choices: readonly ConflictChoice[] }
  | { readonly kind: 'restart'; readonly at: 0 | 1 }
  | { readonly kind: 'foreign' };

const at = fc.constantFrom(0 as const, 1 as const);
const some = <K extends string>(...kinds: readonly K[]) => fc.record({ kind: fc.constantFrom(...kinds), at });

export const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: some('type') },
    { weight: 2, arbitrary: some('undo', 'undo', 'revert', 'close') },
    { weight: 3, arbitrary: some('open', 'refresh', 'news') },
    { weight: 3, arbitrary: some('take', 'discard', 'merge', 'merge', 'merged', 'modifyAll') },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('save' as const), at, overwrite: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('modify' as const),
        at,
        choices: fc.array(
          fc.constantFrom<ConflictChoice>('keepMine', 'takeService', 'mergeByHand', 'mergeByHand', 'cancel'),
          { minLength: 1, maxLength: 2 },
        ),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('restart' as const), at }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('foreign' as const) }) },
  ),
  { minLength: 8, maxLength: 30, size: 'max' },
);

export interface TwoWindowsFigures {
  acts: number;
  modifies: number;
  conflicts: number;
  overwritten: number;
  foreignChanges: number;
  restarts: number;
  restored: number;
}

/** Drafts that tell of another window's change when the model says so, and not by watching a folder. */
class ToldDrafts extends DraftStore {
  tell: (ref: MessageRef) => void = () => undefined;

  override watch(onChange: (ref: MessageRef) => void): { dispose(): void } {
    this.tell = onChange;
    return { dispose: () => undefined };
  }
}

/** VS Code's part of a window: one editor with its undo stack, its backup, and what it knows of the file. */
interface Editor {
  text: string;
  dirty: boolean;
  /** The file's time of change as VS Code knows it. */
  mtime: number;
  readonly undo: string[];
}

interface Desk {
  window: Window;
  drafts: ToldDrafts;
  documents: MessageDocuments;
  editor: Editor | undefined;
}

/**
 * Two windows with one message, and a person at each who types, saves, undoes, chooses, restarts; and a colleague.
 * The model knows by itself what each text was made from: whatever is overwritten has to be that, or what a person
 * was shown and chose to overwrite.
 */
export class TwoWindows {
  private readonly desks: Desk[] = [];
  /** What may be overwritten by each text, since its author has seen it. */
  private readonly known = new Map<string, MessageContent[]>();
  private readonly violations: string[] = [];
  /** What came of a desk's own modifications: whoever undoes after one has seen that. */
  private readonly own = new Map<Desk, Map<string, MessageContent[]>>();
  private sending:
    { readonly text: string; readonly desk: Desk; readonly agreed: MessageContent[] } | undefined;
  private texts = 0;
  private now = 1_000;

  constructor(
    private readonly world: ModifyWorld,
    private readonly figures: TwoWindowsFigures,
  ) {
    world.onOwnChange = ({ previous }) => {
      this.figures.overwritten += 1;
      const { sending } = this;
      if (!sending) this.violations.push('nobody asked for this');
      else if (!includes([...this.seenBy(sending.text, sending.desk), ...sending.agreed], previous))
        this.violations.push(`overwritten unasked: ${JSON.stringify(previous)} by ${sending.text}`);
    };
  }

  async run(commands: readonly Act[]): Promise<void> {
    for (const desk of [0, 1]) this.desks[desk] = await this.start();
    for (const act of commands) {
      this.figures.acts += 1;
      await this.carryOut(act);
      assert.deepEqual(this.violations, [], JSON.stringify(act));
    }
  }

  private get ref(): MessageRef {
    return { connectionId: 'c0ffee', address: this.world.addresses[0]! };
  }

  private async carryOut(act: Act): Promise<void> {
    if (act.kind === 'foreign') {
      this.figures.foreignChanges += 1;
      this.world.change(this.world.addresses[0]!, this.fresh('theirs'));
      return;
    }
    const desk = this.desks[act.at]!;
    if (act.kind === 'restart') {
      await this.restart(act.at);
      return;
    }
    if (act.kind === 'news') {
      desk.drafts.tell(this.ref);
      await this.settled(desk);
      return;
    }
    const editor = (desk.editor ??= await this.open(desk));
    switch (act.kind) {
      case 'open':
        break;
      case 'type':
        await this.put(desk, editor, this.typed(editor.text, desk));
        break;
      case 'undo': {
        const text = editor.undo.pop();
        if (text !== undefined) await this.show(desk, editor, text, true);
        break;
      }
      case 'revert':
        if (editor.dirty) await this.reload(desk, editor);
        break;
      case 'close':
        desk.editor = undefined;
        if (editor.dirty) await desk.documents.clean(this.ref);
        desk.documents.closed(this.ref);
        break;
      case 'save':
        await this.save(desk, editor, act.overwrite);
        break;
      case 'refresh':
        await desk.documents.refresh(this.ref);
        break;
      case 'take':
        await this.take(desk, editor);
        break;
      case 'discard':
        await this.discard(desk, editor);
        break;
      case 'merge':
        await this.merge(desk, editor);
        break;
      case 'merged': {
        const onto = desk.documents.peek(this.ref)?.merging?.onto;
        if (onto) this.learn(editor.text, onto);
        await desk.documents.merged(this.ref);
        break;
      }
      case 'modifyAll': {
        const known = desk.documents.peek(this.ref);
        if (known && isDraft(known) && !isUnmerged(known)) await this.modify(desk, editor, ['cancel']);
        break;
      }
      case 'modify':
        await this.modify(desk, editor, act.choices);
        break;
    }
    await this.settled(desk);
  }

  /** VS Code follows a file that changed while nothing in its editor is unsaved. */
  private async settled(desk: Desk): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    const { editor, documents } = desk;
    const known = documents.peek(this.ref);
    if (editor && known && !editor.dirty && known.mtime > editor.mtime) await this.reload(desk, editor);
  }

  private async reload(desk: Desk, editor: Editor): Promise<void> {
    const known = (await desk.documents.handedOut(this.ref)) ?? (await desk.documents.get(this.ref));
    assert.ok(known);
    if (textOf(known) !== editor.text) editor.undo.push(editor.text);
    editor.text = textOf(known);
    editor.mtime = known.mtime;
    if (editor.dirty) {
      editor.dirty = false;
      await desk.documents.clean(this.ref);
    }
  }

  private async open(desk: Desk): Promise<Editor> {
    await desk.documents.get(this.ref);
    const known = await desk.documents.handedOut(this.ref);
    assert.ok(known);
    return { text: textOf(known), dirty: false, mtime: known.mtime, undo: [] };
  }

  /** A person, or a command, puts a text into the editor. */
  private async put(desk: Desk, editor: Editor, text: string): Promise<void> {
    if (text === editor.text) return;
    editor.undo.push(editor.text);
    await this.show(desk, editor, text);
  }

  private async show(desk: Desk, editor: Editor, text: string, undone = false): Promise<void> {
    editor.text = text;
    editor.dirty = true;
    await desk.documents.edited(this.ref, text, undone);
  }

  private async save(desk: Desk, editor: Editor, overwrite = true): Promise<boolean> {
    if (!editor.dirty) return true;
    await desk.documents.get(this.ref);
    const newer = (desk.documents.peek(this.ref)?.mtime ?? 0) > editor.mtime;
    if (newer && !overwrite) return false;
    await desk.documents.write(this.ref, editor.text);
    editor.mtime = desk.documents.peek(this.ref)?.mtime ?? editor.mtime;
    editor.dirty = false;
    await desk.documents.clean(this.ref);
    return true;
  }

  private async take(desk: Desk, editor: Editor): Promise<void> {
    const service = desk.documents.peek(this.ref)?.service;
    if (!service) return;
    const text = formatMessage(service);
    this.learn(text, service);
    await desk.documents.willRest(this.ref, text, { base: service });
    await this.put(desk, editor, text);
    await this.save(desk, editor);
  }

  private async discard(desk: Desk, editor: Editor): Promise<void> {
    const known = await desk.documents.get(this.ref);
    if (!known || editor.text === formatMessage(known.base)) return;
    await desk.documents.willReplace(this.ref, editor.text);
    await this.put(desk, editor, formatMessage(known.base));
    await this.save(desk, editor);
  }

  private async merge(desk: Desk, editor: Editor): Promise<void> {
    const known = desk.documents.peek(this.ref);
    if (!known?.service || sameContent(known.base, known.service)) return;
    if (editor.text === textOf(known) || editor.dirty) await desk.documents.beginMerge(this.ref);
  }

  private async modify(desk: Desk, editor: Editor, choices: readonly ConflictChoice[]): Promise<void> {
    const { documents, window } = desk;
    await this.save(desk, editor);
    const known = await documents.get(this.ref);
    if (!known) return;
    const { text } = editor;
    const agreed: MessageContent[] = [];
    const left = [...choices];
    this.sending = { text, desk, agreed };
    this.figures.modifies += 1;
    const outcome = await window.modifier.run(
      {
        connection: this.world.connection('sandbox'),
        client: window.client,
        address: this.ref.address,
        text,
        base: restOfText(known, text).base,
      },
      {
        problems: () => Promise.resolve('sendAnyway'),
        unreadable: () => Promise.resolve('cancel'),
        confirm: () => Promise.resolve('modify'),
        conflict: async ({ service }) => {
          this.figures.conflicts += 1;
          await documents.serviceShows(this.ref, service);
          const choice = left.shift() ?? 'cancel';
          if (choice === 'keepMine') agreed.push(service);
          return choice;
        },
      },
    );
    this.sending = undefined;
    if (outcome.kind === 'done' || (outcome.kind === 'nothingToDo' && outcome.content)) {
      const own = this.own.get(desk) ?? new Map<string, MessageContent[]>();
      for (const old of [text, ...editor.undo]) own.set(old, [...(own.get(old) ?? []), outcome.content!]);
      this.own.set(desk, own);
      await documents.modified(this.ref, text, outcome.content!);
    } else if (outcome.kind === 'conflict') {
      if (outcome.choice === 'takeService') await this.take(desk, editor);
      if (outcome.choice === 'mergeByHand') await this.merge(desk, editor);
    }
  }

  /** The window ends, as it does at a reload or a crash; VS Code gives unsaved text back. */
  private async restart(index: 0 | 1): Promise<void> {
    this.figures.restarts += 1;
    const { editor, window, documents } = this.desks[index]!;
    documents.dispose();
    window.life.end();
    const old = this.desks[index]!;
    const desk = (this.desks[index] = await this.start());
    this.own.set(desk, this.own.get(old) ?? new Map<string, MessageContent[]>());
    if (!editor) return;
    if (editor.dirty) {
      this.figures.restored += 1;
      desk.editor = { ...editor, undo: [] };
      await desk.documents.edited(this.ref, editor.text);
    } else {
      desk.editor = await this.open(desk);
    }
    await this.settled(desk);
  }

  private async start(): Promise<Desk> {
    const window = await this.world.open();
    const layer = window.files;
    const drafts = new ToldDrafts('/drafts', { layer });
    const leases = new Leases('/drafts', { layer, owner: window.owner });
    const documents = new MessageDocuments({
      drafts,
      leases,
      source: {
        find: async () => (await window.client.findMessage(this.world.addresses[0]!))?.message,
      },
      isShown: () => desk.editor !== undefined,
      now: () => (this.now += 1),
      onFailure: (error) => {
        if (!window.life.dead) throw error;
      },
    });
    const desk: Desk = { window, drafts, documents, editor: undefined };
    return desk;
  }

  private seenBy(text: string, desk: Desk): MessageContent[] {
    return [...(this.known.get(text) ?? []), ...(this.own.get(desk)?.get(text) ?? [])];
  }

  /** What the author of a text has seen of the service. */
  private learn(text: string, content: MessageContent): void {
    this.known.set(text, [...(this.known.get(text) ?? []), content]);
  }

  private typed(from: string, desk: Desk): string {
    const text = formatMessage(this.fresh('mine'));
    const before = contentOf(parseMessage(from));
    // Should the service show just what stood there, its author has seen that.
    const seen = [...this.seenBy(from, desk), ...(before ? [before] : [])];
    const onto = desk.documents.peek(this.ref)?.merging?.onto;
    this.known.set(text, [...seen, ...(onto ? [onto] : [])]);
    return text;
  }

  private fresh(whose: string): MessageContent {
    this.texts += 1;
    const words = `${whose} ${this.texts}`;
    return { msgBody: JSON.stringify([{ MsgType: 'TIMTextElem', MsgContent: { Text: words } }]) };
  }
}
