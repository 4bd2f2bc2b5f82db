import { closeBracketsKeymap } from '@codemirror/autocomplete';
import {
  addCursorAbove,
  addCursorBelow,
  copyLineDown,
  copyLineUp,
  cursorMatchingBracket,
  defaultKeymap,
  deleteLine,
  indentLess,
  indentMore,
  insertBlankLine,
  moveLineDown,
  moveLineUp,
  selectLine,
  simplifySelection,
  toggleTabFocusMode,
} from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { codeFolding, foldAll, foldCode, unfoldAll, unfoldCode } from '@codemirror/language';
import { nextDiagnostic, previousDiagnostic } from '@codemirror/lint';
import {
  findNext,
  findPrevious,
  gotoLine,
  highlightSelectionMatches,
  openSearchPanel,
  search,
  searchKeymap,
  selectNextOccurrence,
  selectSelectionMatches,
} from '@codemirror/search';
import { EditorState, Prec, type Extension } from '@codemirror/state';
import {
  crosshairCursor,
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  rectangularSelection,
  tooltips,
  type Command,
  type KeyBinding,
} from '@codemirror/view';
import { embeddedExtension } from './embedded';
import { findPanel, showReplace } from './findPanel';
import { fixMenuField } from './fixMenu';
import { hoverSource } from './hover';
import type { AskingPane, PaneActions, PaneContext } from './paneContext';
import { vscodeTheme } from './theme';

/** `{"MsgBody":[]}` is the shortest text that could be read as a message. */
const SHORTEST_MESSAGE = 14;

/** Everything of an editor that follows no setting. There is no history in it: undo and redo are VS Code's. */
export function baseExtension(pane: AskingPane, context: PaneContext): Extension {
  return [
    // A "\r" inside a string's content is a character; only "\n" ends a line.
    EditorState.lineSeparator.of('\n'),
    EditorView.clipboardInputFilter.of((text) => text.replace(/\r\n?/g, '\n')),
    EditorState.allowMultipleSelections.of(true),
    EditorState.phrases.of(context.phrases),
    EditorView.cspNonce.of(context.nonce),
    EditorView.contentAttributes.of({ 'aria-label': context.label, spellcheck: 'false' }),
    EditorView.clickAddsSelectionRange.of((event) => event.altKey),
    Prec.highest(undoExtension(context.actions)),
    EditorView.domEventHandlers({
      paste: ({ clipboardData }) => {
        const text = clipboardData?.getData('text/plain') ?? '';
        // Nobody pastes a message of a few letters.
        if (text.length >= SHORTEST_MESSAGE) setTimeout(() => context.actions.pasted(pane.id, text));
        return false;
      },
    }),
    Prec.high(keymap.of([...vscodeKeys(pane, context.actions), ...closeBracketsKeymap])),
    keymap.of([...searchKeymap, ...defaultKeymap.filter((binding) => !notVscode.has(binding.key ?? ''))]),
    json(),
    codeFolding(),
    highlightSpecialChars(),
    drawSelection(),
    dropCursor(),
    rectangularSelection(),
    crosshairCursor(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSelectionMatches(),
    search({ top: true, createPanel: findPanel }),
    tooltips({ position: 'fixed', parent: document.body }),
    hoverSource(pane),
    fixMenuField,
    embeddedExtension({
      label: context.openLabel,
      open: (offset) => context.actions.openString(pane.id, offset),
    }),
    vscodeTheme,
  ];
}

/** Keys that mean something else, or nothing, in VS Code's editor of JSON. */
const notVscode = new Set([
  'Mod-/',
  'Alt-A',
  'Mod-i',
  'Alt-l',
  'Mod-Alt-\\',
  'Ctrl-d',
  'Ctrl-h',
  'Ctrl-k',
  'Ctrl-o',
  'Ctrl-t',
]);

function always(action: () => void): Command {
  return () => {
    action();
    return true;
  };
}

function undoExtension(actions: PaneActions): Extension {
  const undo = { run: always(() => actions.undo()), preventDefault: true, stopPropagation: true };
  const redo = { run: always(() => actions.redo()), preventDefault: true, stopPropagation: true };
  return [
    keymap.of([
      { key: 'Mod-z', ...undo },
      { key: 'Mod-Shift-z', ...redo },
      { key: 'Mod-y', ...redo },
    ]),
    // A browser's own undo, from a menu or a gesture, would put back characters the document no longer has.
    EditorView.domEventHandlers({
      beforeinput: (event) => {
        if (event.inputType !== 'historyUndo' && event.inputType !== 'historyRedo') return false;
        event.preventDefault();
        if (event.inputType === 'historyUndo') actions.undo();
        else actions.redo();
        return true;
      },
    }),
  ];
}

function vscodeKeys(pane: AskingPane, actions: PaneActions): KeyBinding[] {
  const format = always(() => actions.format(pane.id));
  return [
    { key: 'Mod-d', run: selectNextOccurrence },
    { key: 'Mod-Shift-l', run: selectSelectionMatches },
    { key: 'Mod-F2', run: selectSelectionMatches },
    { key: 'Mod-Alt-ArrowUp', run: addCursorAbove },
    { key: 'Mod-Alt-ArrowDown', run: addCursorBelow },
    { key: 'Shift-Alt-ArrowUp', run: copyLineUp },
    { key: 'Shift-Alt-ArrowDown', run: copyLineDown },
    { key: 'Alt-ArrowUp', run: moveLineUp },
    { key: 'Alt-ArrowDown', run: moveLineDown },
    { key: 'Mod-Shift-k', run: deleteLine },
    { key: 'Mod-Enter', run: insertBlankLine },
    { key: 'Mod-l', run: selectLine },
    { key: 'Mod-]', run: indentMore },
    { key: 'Mod-[', run: indentLess },
    { key: 'Tab', run: indentMore, shift: indentLess },
    { key: 'Mod-f', run: openSearchPanel },
    { key: 'Mod-h', run: (view) => openSearchPanel(view) && showReplace(view) },
    { key: 'F3', run: findNext, shift: findPrevious },
    { key: 'Ctrl-g', run: gotoLine },
    { key: 'Mod-Shift-\\', run: cursorMatchingBracket },
    { key: 'Mod-Shift-[', run: foldCode },
    { key: 'Mod-Shift-]', run: unfoldCode },
    { key: 'Mod-k Mod-0', run: foldAll },
    { key: 'Mod-k Mod-j', run: unfoldAll },
    { key: 'Shift-Alt-f', run: format },
    { linux: 'Ctrl-Shift-i', run: format },
    { key: 'F8', run: nextDiagnostic, shift: previousDiagnostic },
    { key: 'Alt-F8', run: nextDiagnostic },
    { key: 'Mod-.', run: (view) => actions.showFixes(pane.id, view) },
    { key: 'Ctrl-m', mac: 'Ctrl-Shift-m', run: toggleTabFocusMode },
    { key: 'Alt-F12', run: (view) => openAtCaret(view, pane, actions) },
    { key: 'Escape', run: simplifySelection },
    { key: 'Escape', run: () => actions.closeString(pane.id) },
  ];
}

function openAtCaret(view: EditorView, pane: AskingPane, actions: PaneActions): boolean {
  actions.openString(pane.id, view.state.selection.main.head);
  return true;
}
