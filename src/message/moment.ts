/**
 * How a point in time is written wherever a person reads one: in trees, titles and pages, in the order of their language
 * and always with its date. Only a heading above the messages of one day may call it today or yesterday. The clock is that of 24 hours, which every
 * language reads, while a VS Code in English says nothing of the reader's country.
 */
export const moment = {
  year: 'numeric',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
} as const;
