import assert from 'node:assert/strict';
import { welcome } from '../../../src/app/welcome';

/** A window that is looked at when it is told so. */
class Window {
  opened = 0;
  isEmpty = true;
  isWanted = true;
  readonly view = {
    visible: false,
    onDidChangeVisibility: (listener: () => unknown) => {
      this.listener = listener;
      return { dispose: () => (this.listener = () => undefined) };
    },
  };
  private listener: () => unknown = () => undefined;

  constructor(private readonly kept: Map<string, unknown>) {}

  /** The extension is activated. */
  activate(): this {
    welcome({
      memento: {
        keys: () => [...this.kept.keys()],
        get: (key: string) => this.kept.get(key) as never,
        update: (key, value) => Promise.resolve(void this.kept.set(key, value)),
      },
      view: this.view as never,
      isWanted: () => this.isWanted,
      isEmpty: () => this.isEmpty,
      open: () => (this.opened += 1),
    });
    return this;
  }

  /** A person opens our view. */
  lookAtView(): void {
    this.view.visible = true;
    this.listener();
  }
}

describe('the walkthrough by itself', () => {
  it('opens when the tree is first looked at, and in no window after that', () => {
    const kept = new Map<string, unknown>();
    const first = new Window(kept).activate();
    assert.equal(first.opened, 0, 'not before anybody looks');
    first.lookAtView();
    first.lookAtView();
    assert.equal(first.opened, 1);

    const next = new Window(kept).activate();
    next.lookAtView();
    assert.equal(next.opened, 0);
  });

  it('opens at once where the tree is in view already', () => {
    const window = new Window(new Map());
    window.view.visible = true;
    assert.equal(window.activate().opened, 1);
  });

  it('opens although VS Code was told of a step that was done before', () => {
    const window = new Window(new Map([['tencentChat.walkthrough', ['try']]])).activate();
    window.lookAtView();
    assert.equal(window.opened, 1);
  });

  for (const [why, change] of [
    ['something is open', (window: Window) => (window.isEmpty = false)],
    ['no extension is to open one', (window: Window) => (window.isWanted = false)],
  ] as const)
    it(`stays closed for good where ${why}`, () => {
      const kept = new Map<string, unknown>();
      const window = new Window(kept);
      change(window);
      window.activate().lookAtView();
      assert.equal(window.opened, 0);
      const next = new Window(kept).activate();
      next.lookAtView();
      assert.equal(next.opened, 0);
    });

  it('stays closed for a person who has been here before', () => {
    const window = new Window(new Map([['tencentChat.connections', []]])).activate();
    window.lookAtView();
    assert.equal(window.opened, 0);
  });
});
