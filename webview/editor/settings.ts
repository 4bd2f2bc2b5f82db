import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  completionKeymap,
  type CompletionSource,
} from '@codemirror/autocomplete';
import { bracketMatching, foldGutter, indentUnit } from '@codemirror/language';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import { EditorView, keymap, lineNumbers } from '@codemirror/view';
import type { EditorSettings } from '../../src/protocol';

/** The part of an editor that follows the user's settings, and is replaced when they change. */
export function settingsExtension(settings: EditorSettings, source: CompletionSource): Extension {
  return [
    completion(settings, source),
    EditorState.tabSize.of(settings.tabSize),
    indentUnit.of(settings.insertSpaces ? ' '.repeat(settings.tabSize) : '\t'),
    settings.wordWrap ? EditorView.lineWrapping : [],
    numbers(settings),
    settings.folding ? foldGutter({ openText: '⌄', closedText: '›' }) : [],
    settings.matchBrackets ? bracketMatching() : [],
    settings.autoClosingBrackets ? closeBrackets() : [],
  ];
}

/** What of the settings is style. */
export function settingsStyle(settings: EditorSettings, style: CSSStyleDeclaration): void {
  style.setProperty('--editor-line-height', settings.lineHeight > 0 ? `${settings.lineHeight}px` : '1.4');
  style.setProperty(
    '--editor-letter-spacing',
    settings.letterSpacing === 0 ? 'normal' : `${settings.letterSpacing}px`,
  );
  style.setProperty('--editor-ligatures', settings.fontLigatures ? 'normal' : 'none');
}

function numbers({ lineNumbers: kind }: EditorSettings): Extension {
  if (kind === 'off') return [];
  if (kind === 'on') return lineNumbers();
  return lineNumbers({
    formatNumber: (number, state) => {
      if (number > state.doc.lines) return String(number);
      const here = state.doc.lineAt(state.selection.main.head).number;
      return String(number === here ? number : Math.abs(number - here));
    },
  });
}

function completion(settings: EditorSettings, source: CompletionSource): Extension {
  const keys = completionKeymap.filter(({ key }) => key !== 'Enter' || settings.acceptSuggestionOnEnter);
  return [
    autocompletion({
      override: [source],
      activateOnTyping: settings.quickSuggestions,
      defaultKeymap: false,
      maxRenderedOptions: 100,
      // In VS Code a list takes keys as soon as it is there; Enter must never break a line behind it.
      interactionDelay: 0,
    }),
    Prec.highest(keymap.of([...keys, { key: 'Tab', run: acceptCompletion }])),
  ];
}
