/** What the walkthrough of first contact leads to, in its order. */
export const walkthroughSteps = ['try', 'open', 'change', 'modify', 'undo', 'add'] as const;

export type WalkthroughStep = (typeof walkthroughSteps)[number];
