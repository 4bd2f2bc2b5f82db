/** Content of a message. */
export const content = { MsgBody: 'Array?', CloudCustomData: 'String?' } as const;

/** What names a group, or one of its topics. */
export const group = { GroupId: 'String', TopicId: 'String?' } as const;
