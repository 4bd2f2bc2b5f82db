import assert from 'node:assert/strict';
import type { CallRules, Rule } from './codeTable';
import type { Json, World } from './world';

/** Shows each rule of each call, and which of two counts; a refused call changes nothing. */
export function describeRules(table: readonly CallRules[], world: () => World): void {
  for (const rules of table) {
    describe(rules.command, () => {
      for (const rule of rules.rules) {
        it(`${rule.code}: ${rule.rule} (${rule.section})`, async () => {
          assert.equal(await codeOf(world(), rules, [rule]), rule.code);
        });
      }

      it('of two neighbouring rules the first one counts', async () => {
        for (const [first, second] of neighbours(rules.rules)) {
          const name = `${first.rule}, ${second.rule}`;
          assert.equal(await codeOf(world(), rules, [second, first]), first.code, name);
        }
      });
    });
  }
}

async function codeOf(
  world: World,
  { command, request }: CallRules,
  rules: readonly Rule[],
): Promise<unknown> {
  const broken = structuredClone(request);
  for (const rule of rules) rule.change(broken);
  const settings = Object.assign({}, ...rules.map((rule) => rule.settings)) as Json;
  const hasSettings = Object.keys(settings).length > 0;
  const usual = world.sandbox.sandbox.settings;
  if (hasSettings) await world.control('POST', 'settings', settings);
  const before = world.sandbox.sandbox.snapshot();
  const reply = await world.call(command, broken);
  assert.equal(world.sandbox.sandbox.snapshot(), before, 'a refused call changes nothing');
  if (hasSettings) await world.control('POST', 'settings', usual);
  assert.equal(reply.json.ActionStatus, 'FAIL');
  return reply.code;
}

/** Pairs of rules next to each other, with those about one field passed over. */
function neighbours(rules: readonly Rule[]): [Rule, Rule][] {
  return rules.flatMap((first, index): [Rule, Rule][] => {
    const rest = rules.slice(index + 1);
    const second = rest.find((rule) => rule.about !== first.about && !clash(first, rule));
    return second ? [[first, second]] : [];
  });
}

/** Having no content at all says nothing of what is in it; a wrong direction is about the accounts. */
function clash(first: Rule, second: Rule): boolean {
  const abouts = [first.about, second.about];
  return abouts.includes('content') && (abouts.includes('MsgBody') || abouts.includes('CloudCustomData'));
}
