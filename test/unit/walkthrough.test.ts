import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { walkthroughPictures } from '../../scripts/lib/walkthrough.mjs';
import { commands } from '../../src/contributions/commands';
import { walkthroughSteps } from '../../src/contributions/walkthrough';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg: string };
  readonly completionEvents: readonly string[];
}

const read = (file: string): unknown => JSON.parse(readFileSync(file, 'utf8'));
const { contributes } = read('package.json') as {
  contributes: { walkthroughs: readonly { id: string; steps: readonly Step[] }[] };
};
const texts = ['package.nls.json', 'package.nls.zh-cn.json'].map(
  (file) => read(file) as Record<string, string>,
);
const [first, ...others] = contributes.walkthroughs;

/** The commands of the buttons in a text, with what they are given. */
function buttons(text = ''): string[] {
  return [...text.matchAll(/\]\(command:([^)]+)\)/g)].map(([, link = '']) => decodeURIComponent(link));
}

describe('the walkthrough of first contact', () => {
  it('is the one that VS Code opens after the install, which is the first of them', () => {
    assert.equal(first?.id, 'firstContact');
    assert.deepEqual(
      first.steps.map(({ id }) => id),
      ['try', 'open', 'change', 'modify', 'undo', 'add'],
    );
    assert.deepEqual(walkthroughSteps, ['try', 'open', 'change', 'modify', 'undo', 'add']);
    assert.deepEqual(
      others.map(({ id }) => id),
      ['webhooks'],
    );
  });

  it('has a button in each step that does it, in both languages', () => {
    const main = first?.steps.map(({ description }) =>
      texts.map((words) => buttons(words[description.slice(1, -1)])[0]),
    );
    assert.deepEqual(
      main,
      [
        'tencentChat.sandbox.try',
        'tencentChat.walkthrough.step?"open"',
        'tencentChat.walkthrough.step?"change"',
        'tencentChat.walkthrough.step?"modify"',
        'tencentChat.walkthrough.step?"undo"',
        'tencentChat.connection.add',
      ].map((button) => [button, button]),
    );
    const known = new Set(Object.values(commands).map(({ id }) => id));
    for (const { description } of first?.steps ?? [])
      for (const words of texts)
        for (const button of buttons(words[description.slice(1, -1)]))
          assert.ok(known.has(button.split('?')[0] ?? ''), button);
  });

  it('marks a step when that was done, by its button or without', () => {
    for (const { id, completionEvents } of first?.steps ?? [])
      assert.deepEqual(completionEvents, [`onContext:tencentChat.walkthrough =~ /${id}/`]);
    for (const step of walkthroughSteps)
      assert.deepEqual(
        walkthroughSteps.filter((other) => other.includes(step)),
        [step],
        'no step is taken for another',
      );
  });

  it('shows what `npm run pictures` draws, in the colours of the theme', () => {
    const pictures = walkthroughPictures();
    assert.deepEqual(Object.keys(pictures).sort(), [...walkthroughSteps].sort());
    for (const { id, media } of first?.steps ?? []) {
      assert.equal(media.svg, `media/walkthrough/${id}.svg`);
      const picture = readFileSync(media.svg, 'utf8');
      assert.equal(picture, pictures[id]);
      assert.doesNotMatch(picture, /#[0-9a-f]{3}|rgb|<script|href/i);
      assert.match(picture, /var\(--vscode-/);
    }
  });
});
