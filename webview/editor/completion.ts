import { startCompletion, type Completion, type CompletionSource } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { CompletionView } from '../../src/protocol';
import { renderMarkdown } from '../markdown';
import type { AskingPane } from './paneContext';
import { insertSnippet } from './snippet';

/** A word under way, or a string begun: what a list already open is narrowed by. */
const WORD = /^"?[\w$.@-]*$/;

/** Completion as VS Code's language features have it for the document. */
export function completionSource(pane: AskingPane): CompletionSource {
  /** Where the list begins that is open, if one is. */
  let open: number | undefined;
  return async (context) => {
    const { explicit, pos, state } = context;
    const goesOn = open !== undefined && open <= pos && WORD.test(state.sliceDoc(open, pos));
    const trigger = explicit ? undefined : (triggerAt(state, pos) ?? (goesOn ? 'word' : undefined));
    open = undefined;
    if (!explicit && trigger === undefined) return null;
    const answer = await pane.ask('complete', pos, trigger === 'word' ? undefined : trigger);
    if (context.aborted || answer?.kind !== 'completions' || answer.items.length === 0) return null;
    const { items } = answer;
    const from = Math.min(...items.map((item) => item.from), pos);
    open = from;
    return {
      from,
      options: items.map((item) => option(item, from, pos)),
      // A list that VS Code would ask for again with the next letter stays open while it is asked for.
      ...(answer.incomplete ? {} : { validFor: WORD }),
    };
  };
}

/**
 * Why to ask while typing: the character typed, or `word` at the beginning of one. Within a word there is a list
 * already or nothing to say, and each question ends a burst of typing.
 */
function triggerAt(state: EditorState, pos: number): string | undefined {
  const before = state.sliceDoc(Math.max(0, pos - 2), pos);
  const typed = before.slice(-1);
  if (typed === '"' || typed === ':') return typed;
  const node = syntaxTree(state).resolveInner(pos, -1).name;
  if (node === 'String' || node === 'PropertyName')
    return before.startsWith('"') && /\w/.test(typed) ? 'word' : undefined;
  // A word in JSON can only be true, false or null, numbers need no help, and other texts have their own words.
  if (!/^\s*[[{]/.test(state.sliceDoc(0, 200))) return undefined;
  return /^\W?[a-z]$/i.test(before) ? 'word' : undefined;
}

function option(item: CompletionView, from: number, asked: number): Completion {
  const { documentation } = item;
  return {
    label: item.filter,
    displayLabel: item.label,
    sortText: item.sort,
    type: item.kind.toLowerCase(),
    ...(item.detail === undefined ? {} : { detail: item.detail }),
    ...(documentation === undefined || documentation === ''
      ? {}
      : { info: () => renderMarkdown(documentation, () => undefined) }),
    apply: (view: EditorView, _completion: Completion, start: number, end: number) => {
      const to = Math.min(end + Math.max(0, item.to - asked), view.state.doc.length);
      insertSnippet(view, item.snippet ? item.insert : asPlain(item.insert), start + (item.from - from), to);
      if (item.again) startCompletion(view);
    },
  };
}

/** A plain text as a snippet without stops. */
function asPlain(text: string): string {
  return text.replace(/[$}\\]/g, '\\$&');
}
