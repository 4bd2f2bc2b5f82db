/** What the calls of one service have in common on the wire. Codes are the service's; see the catalogue. */
export interface CallFamily {
  /** Code for a caller that is no app administrator. */
  readonly notAdministrator: number;
  /** Code for a body that is no JSON object. */
  readonly notJson: number;
  /** Code above the calls a second. */
  readonly tooFrequent: number;
  /** Whether the envelope has `ErrorDisplay`. */
  readonly display: boolean;
}

const gateway = { notAdministrator: 60010, notJson: 60003, tooFrequent: 60007, display: false } as const;

/**
 * The services whose calls are known here, by the first part of their path. "Not an administrator" is a code of each
 * (trtc.io/document/34348); which code `notJson` is, only the samples of `openim` show: elsewhere it is the gateway's.
 */
export const families = {
  openim: { notAdministrator: 90009, notJson: 90001, tooFrequent: 60007, display: false },
  recentcontact: { notAdministrator: 50003, notJson: 60003, tooFrequent: 60007, display: true },
  im_open_login_svc: { notAdministrator: 70403, notJson: 60003, tooFrequent: 60007, display: false },
  profile: { notAdministrator: 40004, notJson: 60003, tooFrequent: 60007, display: true },
  sns: { notAdministrator: 30004, notJson: 60003, tooFrequent: 60007, display: true },
  group_open_http_svc: { notAdministrator: 10007, notJson: 60003, tooFrequent: 60007, display: false },
  // Topics of communities.
  million_group_open_http_svc: {
    notAdministrator: 10007,
    notJson: 60003,
    tooFrequent: 60007,
    display: false,
  },
  // Of those below no page that we know names a code of their own for who is no administrator: the gateway's.
  group_open_attr_http_svc: gateway,
  group_open_avchatroom_http_svc: gateway,
  all_member_push: gateway,
  openim_msg_ext_http_svc: gateway,
  openim_robot_http_svc: gateway,
  openconfigsvr: gateway,
  open_msg_svc: gateway,
  ConfigSvc: gateway,
} as const satisfies Readonly<Record<string, CallFamily>>;

/** First part of a call's path, e.g. `openim`. */
export type FamilyName = keyof typeof families;
