import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

/**
 * VS Code's look. Colours are its variables, so that a theme change needs nothing from us; those of JSON's tokens,
 * which webviews are not told, are set in style.css by the kind of theme.
 */
const look = EditorView.theme({
  '&': {
    color: 'var(--vscode-editor-foreground)',
    backgroundColor: 'var(--vscode-editor-background)',
    fontSize: 'var(--vscode-editor-font-size)',
  },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': {
    fontFamily: 'var(--vscode-editor-font-family)',
    fontWeight: 'var(--vscode-editor-font-weight)',
    lineHeight: 'var(--editor-line-height)',
    letterSpacing: 'var(--editor-letter-spacing)',
    fontVariantLigatures: 'var(--editor-ligatures)',
  },
  '.cm-content': { caretColor: 'var(--vscode-editorCursor-foreground)', padding: '4px 0' },
  '.cm-line': { padding: '0 8px 0 4px' },
  '.cm-cursor, .cm-dropCursor': {
    borderLeft: '2px solid var(--vscode-editorCursor-foreground)',
    marginLeft: '-1px',
  },
  '.cm-selectionBackground': { background: 'var(--vscode-editor-inactiveSelectionBackground)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground': {
    background: 'var(--vscode-editor-selectionBackground)',
  },
  '.cm-gutters': {
    color: 'var(--vscode-editorLineNumber-foreground)',
    backgroundColor: 'var(--vscode-editorGutter-background, var(--vscode-editor-background))',
    border: 'none',
  },
  '.cm-lineNumbers .cm-gutterElement': { minWidth: '28px', padding: '0 4px 0 8px' },
  '.cm-activeLineGutter': {
    color: 'var(--vscode-editorLineNumber-activeForeground)',
    backgroundColor: 'transparent',
  },
  '&.cm-focused .cm-activeLine': {
    backgroundColor: 'var(--vscode-editor-lineHighlightBackground, transparent)',
    boxShadow:
      'inset 0 1px var(--vscode-editor-lineHighlightBorder, transparent), inset 0 -1px var(--vscode-editor-lineHighlightBorder, transparent)',
  },
  '.cm-activeLine': { backgroundColor: 'transparent' },
  '.cm-foldGutter .cm-gutterElement': {
    color: 'var(--vscode-editorGutter-foldingControlForeground)',
    cursor: 'pointer',
  },
  '.cm-foldPlaceholder': {
    background: 'var(--vscode-editor-foldBackground)',
    border: '1px solid var(--vscode-widget-border, transparent)',
    color: 'var(--vscode-editor-foldPlaceholderForeground, var(--vscode-editor-foreground))',
  },
  // Of the editor itself: one with the focus may have another one within.
  '& > .cm-scroller > .cm-content > .cm-line .cm-matchingBracket': { backgroundColor: 'transparent' },
  '&.cm-focused > .cm-scroller > .cm-content > .cm-line .cm-matchingBracket': {
    backgroundColor: 'var(--vscode-editorBracketMatch-background)',
    outline: '1px solid var(--vscode-editorBracketMatch-border, transparent)',
    color: 'inherit',
  },
  '&.cm-focused .cm-nonmatchingBracket, .cm-nonmatchingBracket': {
    backgroundColor: 'transparent',
    color: 'inherit',
  },
  '.cm-selectionMatch': { backgroundColor: 'var(--vscode-editor-selectionHighlightBackground)' },
  '.cm-searchMatch': {
    backgroundColor: 'var(--vscode-editor-findMatchHighlightBackground)',
    outline: '1px solid var(--vscode-editor-findMatchHighlightBorder, transparent)',
  },
  '.cm-searchMatch.cm-searchMatch-selected': { backgroundColor: 'var(--vscode-editor-findMatchBackground)' },
  '.cm-specialChar': { color: 'var(--vscode-editorWarning-foreground)' },
  '.cm-panels': {
    color: 'var(--vscode-editorWidget-foreground)',
    backgroundColor: 'var(--vscode-editorWidget-background)',
    borderColor: 'var(--vscode-widget-border, transparent)',
    zIndex: '4',
  },
  '.cm-tooltip': {
    color: 'var(--vscode-editorHoverWidget-foreground)',
    backgroundColor: 'var(--vscode-editorHoverWidget-background)',
    border: '1px solid var(--vscode-editorHoverWidget-border, var(--vscode-widget-border, transparent))',
    borderRadius: '3px',
    boxShadow: '0 2px 8px var(--vscode-widget-shadow, transparent)',
    maxWidth: 'min(500px, 92vw)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete': {
    color: 'var(--vscode-editorSuggestWidget-foreground)',
    backgroundColor: 'var(--vscode-editorSuggestWidget-background)',
    borderColor: 'var(--vscode-editorSuggestWidget-border)',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--vscode-editor-font-family)',
    fontSize: 'var(--vscode-editor-font-size)',
    minWidth: '200px',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px', lineHeight: '1.5' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    color:
      'var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-editorSuggestWidget-foreground))',
    backgroundColor: 'var(--vscode-editorSuggestWidget-selectedBackground)',
    outline: '1px solid var(--vscode-contrastActiveBorder, transparent)',
    outlineOffset: '-1px',
  },
  '.cm-completionMatchedText': {
    textDecoration: 'none',
    fontWeight: 'bold',
    color: 'var(--vscode-editorSuggestWidget-highlightForeground)',
  },
  '.cm-completionDetail': { color: 'var(--vscode-descriptionForeground)', fontStyle: 'normal' },
  '.cm-completionIcon': {
    opacity: '1',
    width: '1.2em',
    color: 'var(--vscode-symbolIcon-propertyForeground)',
  },
  '.cm-tooltip.cm-completionInfo': { padding: '4px 8px', maxWidth: '360px' },
  '.cm-lintRange': { backgroundImage: 'none', paddingBottom: '0' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--vscode-editorError-foreground)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-warning': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--vscode-editorWarning-foreground)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-info, .cm-lintRange-hint': {
    backgroundImage: 'none',
    textDecoration: 'underline dotted var(--vscode-editorInfo-foreground)',
    textDecorationSkipInk: 'none',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-active': { backgroundColor: 'transparent' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--vscode-editorError-foreground)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: 'none', whiteSpace: 'pre-wrap' },
  '.cm-diagnosticAction': {
    font: 'inherit',
    color: 'var(--vscode-textLink-foreground)',
    background: 'none',
    border: 'none',
    padding: '0 8px 0 0',
    margin: '0',
    cursor: 'pointer',
  },
  '.cm-snippetField': { backgroundColor: 'var(--vscode-editor-snippetTabstopHighlightBackground)' },
});

const json = HighlightStyle.define([
  { tag: tags.propertyName, class: 'json-key' },
  { tag: tags.string, class: 'json-string' },
  { tag: tags.number, class: 'json-number' },
  { tag: [tags.bool, tags.null], class: 'json-constant' },
]);

export const vscodeTheme: Extension = [look, syntaxHighlighting(json)];
