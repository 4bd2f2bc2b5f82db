import { MessagePage } from './messagePage';
import type { Workbench } from './workbench';

/** One picture of a film. */
interface Shot {
  readonly png: Buffer;
  /** How long it stands. */
  readonly ms: number;
}

/** What is typed behind the message's text. */
const TYPED = ' today';

/**
 * The README's moving picture: a message that is open is changed, kept as a draft, modified on the service, and what
 * was modified is undone.
 *
 * @param text stands in the message, and what is typed comes behind it
 */
export async function film(workbench: Workbench, text: string): Promise<readonly Shot[]> {
  const shots: Shot[] = [];
  const shoot = async (ms: number): Promise<void> => {
    shots.push({ png: await workbench.page.screenshot({ animations: 'disabled', caret: 'initial' }), ms });
  };
  const { mouse } = workbench.page;
  const page = new MessagePage(workbench);
  await page.shows(text);
  await page.caretBehind(text);
  // A click into a line brings the middle of the longest one into view.
  await page.scrollToLeft();
  await shoot(1_500);
  for (const letter of TYPED) {
    await workbench.page.keyboard.type(letter);
    await page.shows(letter);
    await shoot(90);
  }
  await page.shows(TYPED);
  await shoot(1_000);
  await workbench.editors.save();
  await workbench.editors.waitForDirty(/./, false);
  const modify = page.frame.getByRole('toolbar').getByRole('button', { name: 'Modify' });
  await shoot(1_000);
  await modify.hover();
  await shoot(800);
  await modify.click();
  await workbench.statusBar.waitFor(/Message modified/);
  await mouse.move(700, 400);
  await shoot(2_500);
  const undo = workbench.statusBar.items.filter({ hasText: /Message modified/ }).first();
  await undo.hover();
  await shoot(800);
  await workbench.statusBar.click(/Message modified/);
  await workbench.statusBar.waitFor(/is what it was/);
  await mouse.move(700, 400);
  await shoot(3_000);
  return shots;
}
