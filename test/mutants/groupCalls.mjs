// @ts-check
/** Groups as the client reads and changes them, and as the sandbox answers. */
/** @type {import("../../scripts/mutants.mjs").Mutant[]} */
export default [
  {
    breaks: 'the 64-bit Next of the list of all groups goes through a double',
    file: 'src/chat/calls/groups.ts',
    from: '    else if (/^\\d{1,20}$/.test(raw)) next = raw;',
    to: '    else if (/^\\d{1,20}$/.test(raw)) next = String(Number(raw));',
    tests: 'chat/groupCalls.test.ts',
  },
  {
    breaks: 'the next page of a group begins at the message that was the last, and not below it',
    file: 'src/chat/chats/groupHistory.ts',
    from: '    from = least - 1;',
    to: '    from = least;',
    tests: 'chat/groupHistory.test.ts',
  },
  {
    breaks: 'what is gone in a group is found as if it were there',
    file: 'src/chat/chats/group.ts',
    from: 'return message && !message.isGone ?',
    to: 'return message ?',
    tests: 'chat/groupHistory.test.ts',
  },
  {
    breaks: 'a message next to the wanted one is taken for it',
    file: 'src/chat/chats/group.ts',
    from: 'const message = page.messages.find((item) => item.seq === seq);',
    to: 'const [message] = page.messages;',
    tests: 'chat/groupHistory.test.ts',
  },
  {
    breaks: 'the code beside a message in the answer of a recall is passed over',
    file: 'src/chat/chats/group.ts',
    from: 'if (result && result.code !== 0) throw',
    to: 'if (result && result.code < 0) throw',
    tests: 'chat/groupCalls.test.ts',
  },
  {
    breaks: 'a recall of a group goes out by a connection that is only read',
    file: 'src/modify/recall.ts',
    from: 'request.client.demand(chatCalls[request.address.chat].recall);',
    to: '',
    tests: 'modify/groups.test.ts',
  },
  {
    breaks: 'groups that cannot be asked for topics are taken for groups without',
    file: 'src/chat/calls/groups.ts',
    from: "if (!ChatServiceError.is(error) || outcomeOf(error) !== 'refused') throw error;",
    to: '',
    tests: 'chat/groupCalls.test.ts',
  },
  {
    breaks: 'the sandbox takes any number of messages a second in a group',
    file: 'src/sandbox/http/limits.ts',
    from: 'if (!window.hasRoom(now, GROUP_MESSAGES_A_SECOND, SECOND))',
    to: 'if (!window.hasRoom(now, 1e9, SECOND))',
    tests: 'sandbox/groupRules.test.ts',
  },
  {
    breaks: 'the sandbox lets who is muted write',
    file: 'src/sandbox/calls/groups/messages/groupSend.ts',
    from: 'if (isSilent || (group.muted.get(from) ?? 0) > seconds(context))',
    to: 'if (isSilent)',
    tests: 'sandbox/groupCodes.test.ts',
  },
  {
    breaks: 'the sandbox keeps what a live group sends',
    file: 'src/sandbox/calls/groups/messages/groupSend.ts',
    from: 'passing: isLive || online,',
    to: 'passing: online,',
    tests: 'sandbox/groupRules.test.ts',
  },
  {
    breaks: 'the sandbox imports messages that are older than the group’s last one',
    file: 'src/sandbox/calls/groups/messages/groupImport.ts',
    from: 'const isInTime = time > messages.lastTime &&',
    to: 'const isInTime =',
    tests: 'sandbox/groupCodes.test.ts',
  },
  {
    breaks: 'what the service says in a group is wrapped into a list as if it were an element',
    file: 'src/message/fixes/bodyFixes.ts',
    from: "return memberNode(node, 'OpType') ? [] : fix(",
    to: 'return fix(',
    tests: 'message/request.test.ts',
  },
];
