/** What the calls of one family have in common; see `Call`. */

/** `openim/…`. */
export const openim = {
  notAdministrator: 90009,
  notJson: 90001,
  perSecond: 200,
  tooFrequent: 60007,
  display: false,
};
