import { isRecalled, RECALLED_FLAG, type MessageContent } from '../chat/chatMessage';
import { changedMembers, sameContent } from '../message/changes';
import { contentOf, formatMessage, parseMessage } from '../message/document';
import {
  isDraft,
  sameRest,
  textOf,
  type MessageFactsOnDisk,
  type Rest,
  type Knowledge,
  type SavedState,
  type Origin,
} from './knowledge';

/**
 * What happens to a message. `at` is the time in milliseconds since 1970.
 * - `seen`: the service showed it, to whomever; facts are absent where only the content is known
 * - `lost`: the service shows it to neither side
 * - `recalled`: somebody recalled it; `time` is when it was sent, in Unix seconds
 * - `handedOut`: VS Code read its file
 * - `edited`: VS Code holds this text unsaved; `undone` when it was there before. `took` is what a text rests on that
 *   VS Code restored
 * - `clean`: VS Code holds nothing unsaved any more
 * - `saved`: VS Code wrote its file
 * - `discarded`: its draft was given up while no editor shows it
 * - `made`: a text is about to be put into its editor that was made from another content
 * - `modified`: `sent` was sent, and `readBack` is what the service made of it
 * - `adopted`: another window saved, discarded or modified
 * - `merging`: a person begins to merge what the service shows
 * - `merged`: a person says that nothing is left to be merged
 * - `restedOn`: a choice about the text is made or undone; about this text alone where one is given
 */
export type MessageEvent =
  | {
      readonly kind: 'seen';
      readonly content: MessageContent;
      readonly facts?: MessageFactsOnDisk;
      readonly at: number;
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'recalled'; readonly time: number }
  | { readonly kind: 'handedOut' }
  | {
      readonly kind: 'edited';
      readonly text: string;
      readonly undone?: boolean;
      readonly took?: Rest | undefined;
    }
  | { readonly kind: 'clean'; readonly at: number }
  | { readonly kind: 'saved'; readonly text: string; readonly at: number }
  | { readonly kind: 'discarded'; readonly at: number }
  | { readonly kind: 'made'; readonly text: string; readonly rest: Rest }
  | {
      readonly kind: 'modified';
      readonly sent: string;
      readonly readBack: MessageContent;
      readonly at: number;
    }
  | { readonly kind: 'adopted'; readonly state: SavedState | undefined; readonly at: number }
  | { readonly kind: 'merging'; readonly onto: MessageContent }
  | { readonly kind: 'merged' }
  | { readonly kind: 'restedOn'; readonly rest: Rest; readonly text?: string | undefined };

/** Texts that undoing may bring back; older ones are forgotten. */
const MOST_ORIGINS = 8;

/** What one happening makes of what is known. Pure. Nothing but this moves a base. */
export function step(state: Knowledge, event: MessageEvent): Knowledge {
  const next = apply(state, event);
  if (next === state) return state;
  const { base, merging } = next.unsaved?.rest ?? next.saved;
  return { ...next, base, merging };
}

function apply(state: Knowledge, event: MessageEvent): Knowledge {
  switch (event.kind) {
    case 'seen': {
      const { content: service, facts = state.facts } = event;
      return follow({ ...state, service, facts, gone: false }, event.at);
    }
    case 'lost':
      return { ...state, service: undefined, gone: true };
    case 'recalled':
      return { ...state, facts: recalledFacts(state.facts ?? { time: event.time, flags: 0 }) };
    case 'handedOut':
      return { ...state, handedOut: { mtime: state.mtime, rest: state.saved } };
    case 'edited':
      return edit(state, event);
    case 'clean': {
      if (!state.unsaved) return state;
      const given = state.unsaved.text === textOf(state) ? state : withOrigin(state, state.unsaved);
      return follow({ ...given, unsaved: undefined }, event.at);
    }
    case 'saved':
      return save(state, event.text, event.at);
    case 'discarded': {
      const given = withFile(state, { draft: undefined, saved: { base: state.saved.base } }, event.at);
      // Unsaved text has an editor, and what it saves next is not older than a draft that the person gave up.
      return state.unsaved ? { ...given, mtime: state.mtime } : follow(given, event.at);
    }
    case 'made':
      return withOrigin(state, { text: event.text, rest: event.rest });
    case 'modified':
      return modify(state, event.sent, event.readBack, event.at);
    case 'adopted':
      return adopt(state, event.state, event.at);
    case 'merging': {
      const { base } = restOf(state);
      return restOn(state, { base, merging: { onto: event.onto, from: shownText(state) } });
    }
    case 'merged': {
      const { merging } = restOf(state);
      return merging ? restOn(state, { base: merging.onto }) : state;
    }
    case 'restedOn':
      return (event.text ?? shownText(state)) === shownText(state) ? restOn(state, event.rest) : state;
  }
}

function restOf(state: Knowledge): Rest {
  return state.unsaved?.rest ?? state.saved;
}

function shownText(state: Knowledge): string {
  return state.unsaved?.text ?? textOf(state);
}

/** A document without a draft and without unsaved text shows what the service shows. */
function follow(state: Knowledge, at: number): Knowledge {
  if (state.unsaved || state.service === undefined || isDraft(state)) return state;
  if (sameContent(state.saved.base, state.service)) return state;
  return withFile(state, { draft: undefined, saved: { base: state.service } }, at);
}

function edit(
  state: Knowledge,
  { text, undone, took }: Extract<MessageEvent, { kind: 'edited' }>,
): Knowledge {
  const known = state.origins.find((origin) => origin.text === text)?.rest;
  const current = state.unsaved?.rest ?? took ?? restOfTyping(state);
  const rest = known ?? (undone ? asUnmerged(current, text) : current);
  const left = sameRest(rest, current) ? state : withOrigin(state, { text: shownText(state), rest: current });
  return { ...left, unsaved: { text, rest } };
}

/** Undoing what was typed before a merge merges nothing. */
function asUnmerged(rest: Rest, text: string): Rest {
  return rest.merging ? { ...rest, merging: { ...rest.merging, from: text } } : rest;
}

function restOfTyping({ handedOut, mtime, saved }: Knowledge): Rest {
  return handedOut && handedOut.mtime !== mtime ? handedOut.rest : saved;
}

function save(state: Knowledge, text: string, at: number): Knowledge {
  const known = state.origins.find((origin) => origin.text === text)?.rest;
  const before = known ?? state.unsaved?.rest ?? restOfTyping(state);
  const rest = afterMerge(before, text);
  const draft = text === formatMessage(rest.base) ? undefined : text;
  // Without a draft there is nothing left that the service's content could be merged into.
  const saved = draft === undefined ? { base: rest.base } : rest;
  let next = state;
  if (textOf(state) !== text && !sameRest(state.saved, saved))
    next = withOrigin(next, { text: textOf(state), rest: state.saved });
  if (before.merging && !sameRest(before, saved))
    next = withOrigin(next, { text: before.merging.from, rest: before });
  const mtime = later(state.mtime, at);
  return {
    ...next,
    draft,
    saved,
    mtime,
    unsaved: state.unsaved && { text, rest: saved },
    handedOut: { mtime, rest: saved },
  };
}

/** Text that was changed since merging began, and is whole again, is merged; a change that was given up is not. */
function afterMerge(rest: Rest, text: string): Rest {
  const { merging } = rest;
  if (!merging) return rest;
  const now = contentOf(parseMessage(text));
  if (!now) return rest;
  if (changedMembers(rest.base, now).length === 0) return { base: rest.base };
  const then = contentOf(parseMessage(merging.from));
  return then && sameContent(then, now) ? rest : { base: merging.onto };
}

function modify(state: Knowledge, sent: string, readBack: MessageContent, at: number): Knowledge {
  const saved: Rest = { base: readBack };
  const mine = contentOf(parseMessage(sent));
  const editedOn = state.unsaved !== undefined || (state.draft !== undefined && state.draft !== sent);
  const keepsText = editedOn || (mine !== undefined && changedMembers(readBack, mine).length === 0);
  const draft = keepsText && state.draft !== formatMessage(readBack) ? state.draft : undefined;
  const next = {
    ...state,
    service: readBack,
    gone: false,
    origins: state.origins.filter(({ text }) => text !== sent),
    unsaved: state.unsaved && { ...state.unsaved, rest: saved },
  };
  const changed = withFile(next, { draft, saved }, at);
  // What was just sent rests on what came of it, and not on what it replaced.
  return { ...changed, origins: next.origins };
}

function adopt(state: Knowledge, found: SavedState | undefined, at: number): Knowledge {
  const draft = found?.draft;
  const saved = found?.rest ?? { base: state.saved.base };
  if (draft === state.draft && sameRest(saved, state.saved)) return state;
  const next = withFile(state, { draft, saved }, Math.max(at, found?.savedAt ?? 0));
  return { ...next, facts: found?.facts ?? state.facts };
}

/** Lets the text rest on something else. */
function restOn(state: Knowledge, rest: Rest): Knowledge {
  if (state.unsaved) return { ...state, unsaved: { ...state.unsaved, rest } };
  const text = textOf(state);
  const origins = state.origins.filter((origin) => origin.text !== text);
  const draft = text === formatMessage(rest.base) ? undefined : text;
  return { ...state, origins, draft, saved: draft === undefined ? { base: rest.base } : rest };
}

/** Another file text or base. A file text that goes is remembered: undoing in its editor brings it back. */
function withFile(state: Knowledge, change: Pick<Knowledge, 'draft' | 'saved'>, at: number): Knowledge {
  const next = { ...state, ...change };
  const old = textOf(state);
  if (textOf(next) === old) return next;
  const mtime = later(state.mtime, at);
  const needed = state.draft !== undefined || !sameRest(state.saved, change.saved);
  return { ...(needed ? withOrigin(next, { text: old, rest: state.saved }) : next), mtime };
}

function withOrigin(state: Knowledge, origin: Origin): Knowledge {
  const origins = [origin, ...state.origins.filter(({ text }) => text !== origin.text)];
  if (origins.length > MOST_ORIGINS) {
    // One that rests on what the saved text rests on is needed least.
    const spare = origins.map(({ rest }) => sameRest(rest, state.saved)).lastIndexOf(true);
    origins.splice(spare > 0 ? spare : MOST_ORIGINS, 1);
  }
  return { ...state, origins };
}

function recalledFacts(facts: MessageFactsOnDisk): MessageFactsOnDisk {
  return isRecalled(facts) ? facts : { ...facts, flags: facts.flags + RECALLED_FLAG };
}

function later(mtime: number, at: number): number {
  return Math.max(at, mtime + 1);
}
