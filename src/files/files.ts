export * from './atomic';
export * from './fileLayer';
