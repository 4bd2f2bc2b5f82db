// @ts-check
// Mocha loads this beside the tests of the workbench: it looks after the window that their files share (sharedWindow.ts)
// and after what status bars said (statusBar.ts).

const WINDOW = Symbol.for('tencent-chat.window');
/** @returns {{ failed: boolean, workbench: { stop(): Promise<void> } } | undefined} */
const sharedWindow = () => Reflect.get(globalThis, WINDOW);
const BARS = Symbol.for('tencent-chat.statusBars');
/** @returns {Iterable<{ forget(): void }>} */
const statusBars = () => Reflect.get(globalThis, BARS) ?? [];

exports.mochaHooks = {
  beforeEach() {
    for (const bar of statusBars()) bar.forget();
  },
  /** @this {Mocha.Context} */
  afterEach() {
    const shared = sharedWindow();
    if (shared && this.currentTest?.state === 'failed') shared.failed = true;
  },
  async afterAll() {
    await sharedWindow()?.workbench.stop();
  },
};
