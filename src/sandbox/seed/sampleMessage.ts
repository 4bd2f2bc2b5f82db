/** One message of the sample data, before its time is known. */
export interface SampleMessage {
  readonly from: string;
  readonly to: string;
  /** Seconds before the start of the sandbox. */
  readonly ago: number;
  /** JSON text of MsgBody. */
  readonly body: string;
  /** CloudCustomData, decoded. */
  readonly cloud?: string;
  readonly recalled?: boolean;
  readonly unread?: boolean;
  readonly peerRead?: boolean;
}
