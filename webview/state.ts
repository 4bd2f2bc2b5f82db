import type {
  EditorSettings,
  Environment,
  FactsView,
  Meter,
  PaneSnapshot,
  PreviewView,
  ProblemView,
  Strings,
  ToolbarItem,
  ToPage,
} from '../src/protocol';

/** What the page shows around its editors. The editors' texts are theirs. */
export interface PageState {
  readonly strings: Strings;
  readonly phrases: Readonly<Record<string, string>>;
  readonly environment: Environment;
  readonly settings: EditorSettings;
  /** Share of the first editor, between 0 and 1. */
  readonly split: number;
  readonly showPreview: boolean;
  readonly panes: readonly PaneSnapshot[];
  readonly facts: FactsView | undefined;
  readonly meter: Meter | undefined;
  /** The last one that there was. */
  readonly preview: PreviewView | undefined;
  /** The text has become unreadable since. */
  readonly previewStale: boolean;
  readonly toolbar: readonly ToolbarItem[];
  readonly problems: readonly ProblemView[];
}

/** The state after a message of the host. Undefined until the first one that says everything. */
export function reduce(state: PageState | undefined, message: ToPage): PageState | undefined {
  if (message.type === 'init') {
    const { strings, phrases, environment, settings, split, showPreview } = message;
    return {
      panes: [],
      facts: undefined,
      meter: undefined,
      preview: undefined,
      previewStale: false,
      toolbar: [],
      problems: [],
      ...state,
      strings,
      phrases,
      environment,
      settings,
      split,
      showPreview,
    };
  }
  if (!state) return undefined;
  switch (message.type) {
    case 'panes':
      return { ...state, panes: message.panes };
    case 'facts':
      return withFacts(state, message);
    case 'problems':
      return { ...state, problems: message.problems };
    case 'settings':
      return { ...state, settings: message.settings };
    case 'colors':
    case 'change':
    case 'accepted':
    case 'stale':
    case 'reset':
    case 'flush':
    case 'reveal':
    case 'answer':
      return state;
  }
}

function withFacts(state: PageState, message: Extract<ToPage, { type: 'facts' }>): PageState {
  const { facts, meter, toolbar, preview } = message;
  return {
    ...state,
    facts,
    meter,
    toolbar,
    preview: preview ?? state.preview,
    previewStale: preview === undefined,
  };
}

/** The state with the preview shown or hidden. */
export function withPreview(state: PageState, showPreview: boolean): PageState {
  return { ...state, showPreview };
}
