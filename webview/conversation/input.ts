import type { FromPage } from '../../src/conversation/pageProtocol';
import type { Feed } from './feed';
import type { FindBar } from './findBar';
import { choiceOf } from './selection';

/** What in a row takes a click or a key for itself. */
const CONTROLS = 'summary, button, pre, textarea, select, input';

/** Hears mouse and keys: they select, open and look for messages. */
export function listenToFeed(feed: Feed, find: FindBar, send: (message: FromPage) => void): void {
  const { root, list } = feed;

  list.addEventListener('mousedown', (event) => {
    // Shift selects messages here, not text.
    if (event.shiftKey && !isControl(event.target)) event.preventDefault();
  });
  list.addEventListener('click', (event) => {
    const row = feed.rowOf(event.target);
    const isText = getSelection()?.isCollapsed === false && !event.shiftKey;
    if (row && !isControl(event.target) && !isText) feed.select(row.key, choiceOf(event));
  });
  list.addEventListener('dblclick', (event) => {
    const row = feed.rowOf(event.target);
    if (row && !isControl(event.target)) send({ type: 'open', key: row.key, preview: false });
  });
  // VS Code's menu is about what is selected.
  list.addEventListener('contextmenu', (event) => {
    const row = feed.rowOf(event.target);
    if (row && !feed.selection.keys.has(row.key)) feed.select(row.key, 'only');
  });

  root.addEventListener('keydown', (event) => {
    if (!event.isComposing && onKey(event)) used(event);
  });
  // Wherever the focus is in the page.
  document.addEventListener('keydown', (event) => {
    const isFind = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key === 'f';
    if (isFind) find.open();
    else if (event.key === 'F3' && find.isOpen) find.step(event.shiftKey ? 'previous' : 'next');
    else return;
    used(event);
  });

  /** @returns whether the key was used */
  function onKey(event: KeyboardEvent): boolean {
    const { key, shiftKey } = event;
    const control = event.ctrlKey || event.metaKey;
    const row = feed.rowOf(event.target);
    const choice = shiftKey ? 'range' : 'only';
    if (key === 'Escape') {
      if (find.isOpen) find.close();
      else if (row && isControl(event.target)) row.element.focus();
      else if (feed.selection.focused !== undefined) feed.select(feed.selection.focused, 'only');
      return true;
    }
    // A text that scrolls, and a button, have their own keys.
    if (event.altKey || (isControl(event.target) && !control)) return false;
    switch (key) {
      case 'ArrowDown':
        feed.move({ by: 1 }, choice);
        return true;
      case 'ArrowUp':
        feed.move({ by: -1 }, choice);
        return true;
      case 'PageDown':
        feed.move({ screens: 1 }, choice);
        return true;
      case 'PageUp':
        feed.move({ screens: -1 }, choice);
        return true;
      case 'Home':
        feed.move('first', choice);
        return true;
      case 'End':
        if (!shiftKey) feed.toEnd();
        feed.move('last', choice);
        return true;
    }
    if (row === undefined) return false;
    switch (key) {
      case 'Enter':
        send({ type: 'open', key: row.key, preview: false });
        return true;
      case ' ':
        if (control) feed.select(row.key, 'toggle');
        else send({ type: 'open', key: row.key, preview: true });
        return true;
      case 'a':
        if (!control) return false;
        feed.selectAll();
        return true;
      case 'c':
        if (!control || getSelection()?.isCollapsed === false) return false;
        send({ type: 'copyAs', keys: [...feed.selection.keys] });
        return true;
      default:
        return false;
    }
  }
}

/** VS Code hears every key of the page as well; one that was used ends here. */
function used(event: KeyboardEvent): void {
  event.preventDefault();
  event.stopPropagation();
}

function isControl(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(CONTROLS) !== null;
}
