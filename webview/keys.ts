/** What the keys of the page bring about. */
export interface KeyActions {
  /** Hands over what was typed and waits. */
  flush(): void;
  toggleWrap(): void;
}

/**
 * The keys that the page shares with VS Code, which hears every one of them as well: both keys of a chord, too, whoever
 * knows it. One that the page used ends here, so that it acts once; before one that may be a command of VS Code's (save,
 * close, switch), what was typed goes out.
 */
export class Keys {
  /** Whether the first key of a chord was pressed, of VS Code's or of the page's, and the second is awaited. */
  private chord = false;

  constructor(private readonly actions: KeyActions) {}

  /** To be told of every key that is pressed, after those who may use it. */
  pressed(event: KeyboardEvent): void {
    if (isWrapKey(event) && !this.chord) {
      event.preventDefault();
      this.actions.toggleWrap();
    }
    const field = event.target instanceof HTMLInputElement;
    const isUndo = (event.ctrlKey || event.metaKey) && ['z', 'y'].includes(event.key.toLowerCase());
    const isOfChord = this.chord || beginsChord(event);
    if (!modifiers.has(event.key)) this.chord = !this.chord && beginsChord(event);
    if ((event.defaultPrevented && !isOfChord) || (field && isUndo)) event.stopPropagation();
    else if (event.ctrlKey || event.metaKey || event.altKey || /^F\d+$/.test(event.key)) this.actions.flush();
  }
}

const modifiers: ReadonlySet<string> = new Set(['Control', 'Meta', 'Alt', 'Shift']);

function beginsChord({ altKey, ctrlKey, metaKey, shiftKey, key }: KeyboardEvent): boolean {
  return (ctrlKey || metaKey) && !altKey && !shiftKey && key.toLowerCase() === 'k';
}

/** VS Code's own key for it. A Mac writes another letter with Alt, so the key's place counts. */
function isWrapKey({ altKey, ctrlKey, metaKey, shiftKey, code }: KeyboardEvent): boolean {
  return altKey && !ctrlKey && !metaKey && !shiftKey && code === 'KeyZ';
}
