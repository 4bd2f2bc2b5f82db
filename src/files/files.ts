export * from './atomic';
export * from './checkedJson';
export * from './fileLayer';
export * from './watchFolder';
