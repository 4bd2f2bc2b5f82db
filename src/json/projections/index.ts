// The public face of the projections: exact, reversible ways to show a part of a document as a text of its own.
export { afterMany, composeProjections, editMany } from './compose';
export { embeddedStrings, followLiteral, literalAt, openString } from './embedded';
export type { EmbeddedText } from './embedded';
export { layoutProjection } from './layoutProjection';
export { lineProjection, sliceProjection } from './sliceProjection';
export { stringProjection } from './stringProjection';
export { rangeInProjection } from './projection';
export type { Projection, ProjectionChange } from './projection';
