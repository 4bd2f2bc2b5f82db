// @ts-check
// Mocha loads this beside the tests of the workbench: it looks after the window that their files share (sharedWindow.ts).

const WINDOW = Symbol.for('tencent-chat.window');
/** @returns {{ failed: boolean, workbench: { stop(): Promise<void> } } | undefined} */
const sharedWindow = () => Reflect.get(globalThis, WINDOW);

exports.mochaHooks = {
  /** @this {Mocha.Context} */
  afterEach() {
    const shared = sharedWindow();
    if (shared && this.currentTest?.state === 'failed') shared.failed = true;
  },
  async afterAll() {
    await sharedWindow()?.workbench.stop();
  },
};
