export * from './atomic';
export * from './checkedJson';
export * from './durableFolders';
export * from './fileLayer';
export * from './watchFolder';
