import { isUtf8 } from 'node:buffer';
import { prettyPrint } from '../json/layout';
import { valueOfJson } from '../json/values';
import { consequenceText, forwardTrouble, signatureText, titleOf } from './eventTexts';
import type { InboxEvent } from './webhookInbox';

/**
 * A webhook as a JSON document to read: what came, how it was answered and what that does, and the body, token for token.
 * What is no JSON stands in it as a text, what is no text as base64.
 */
export function eventDocument(event: InboxEvent, body: Buffer): string {
  const { received, answered } = event;
  const { number, at, command, query, contentType, signature } = received;
  const webhook = {
    number,
    command,
    title: titleOf(command),
    received: new Date(at).toISOString(),
    signature: signatureText(signature),
    query: Object.fromEntries(query),
    contentType,
  };
  const members = [`"webhook":${JSON.stringify(webhook)}`];
  if (answered) {
    const { action, rule, tooSlow, status, answer, forward, ms, how } = answered;
    const facts = {
      ...(rule !== undefined && { rule }),
      ...(tooSlow && { tooSlow }),
      action,
      how,
      ms: Math.round(ms),
      ...(status !== undefined && { status }),
      service: consequenceText(command, answered),
    };
    const text = answer === undefined ? '' : `,"answer":${jsonOf(answer)}`;
    members.push(`"answer":${JSON.stringify(facts).slice(0, -1)}${text}}`);
    if (forward) {
      const { to, status: got, answer: said, ms: took } = forward;
      const trouble = forwardTrouble(forward);
      const own = {
        to,
        ms: Math.round(took),
        ...(got !== undefined && { status: got }),
        ...(trouble !== undefined && { trouble }),
      };
      members.push(
        `"ownServer":${JSON.stringify(own).slice(0, -1)}${said === undefined ? '' : `,"answer":${jsonOf(said)}`}}`,
      );
    }
  }
  if (isUtf8(body)) members.push(`"body":${jsonOf(body.toString())}`);
  else members.push(`"bodyAsBase64":${JSON.stringify(body.toString('base64'))}`);
  return `${prettyPrint(`{${members.join(',')}}`)}\n`;
}

/** JSON as it is, any other text as a string. */
function jsonOf(text: string): string {
  return valueOfJson(text) === undefined ? JSON.stringify(text) : text;
}
