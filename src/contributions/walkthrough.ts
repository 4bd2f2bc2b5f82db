/** What the walkthrough of first contact leads to, in its order. */
export const walkthroughSteps = ['try', 'open', 'change', 'modify', 'undo', 'add'] as const;

export type WalkthroughStep = (typeof walkthroughSteps)[number];

/** The walkthrough of first contact, as VS Code names it. */
export const WALKTHROUGH = 'tencent-chat-tools.tencent-chat-message-editor#firstContact';
