// The public face of the views: exact, reversible ways to show a part of a document as a text of its own.
export { afterMany, composeViews, editMany } from './compose';
export { embeddedStrings, followLiteral, literalAt, openString } from './embedded';
export type { EmbeddedString, EmbeddedText } from './embedded';
export { layoutView } from './layoutView';
export { SliceTracker } from './sliceTracker';
export type { Slices } from './sliceTracker';
export { lineView, sliceView } from './sliceView';
export { stringView } from './stringView';
export { rangeInView } from './textView';
export type { TextView, ViewChange } from './textView';
