import { element } from '../dom';

const LEAST = 0.2;
const STEP = 0.05;

/**
 * The bar between the two editors: dragged, or moved by the arrow keys. Says the first one's share, between 0 and 1,
 * while it moves (`moved`) and when it rests (`rested`).
 */
export function splitter(
  label: string,
  share: () => number,
  moved: (share: number) => void,
  rested: (share: number) => void,
): HTMLElement {
  const bar = element('div', {
    class: 'splitter',
    role: 'separator',
    tabindex: '0',
    'aria-label': label,
    'aria-orientation': 'vertical',
    'aria-valuemin': String(LEAST * 100),
    'aria-valuemax': String((1 - LEAST) * 100),
  });
  const set = (next: number): void => {
    const kept = Math.min(1 - LEAST, Math.max(LEAST, next));
    bar.setAttribute('aria-valuenow', String(Math.round(kept * 100)));
    moved(kept);
  };
  bar.addEventListener('pointerdown', (down) => {
    bar.setPointerCapture(down.pointerId);
    const box = bar.parentElement?.getBoundingClientRect();
    const drag = (event: PointerEvent): void => {
      if (!box) return;
      set(isStacked(bar) ? (event.clientY - box.top) / box.height : (event.clientX - box.left) / box.width);
    };
    bar.addEventListener('pointermove', drag);
    bar.addEventListener(
      'lostpointercapture',
      () => {
        bar.removeEventListener('pointermove', drag);
        rested(share());
      },
      { once: true },
    );
  });
  bar.addEventListener('keydown', (event) => {
    const back = event.key === 'ArrowLeft' || event.key === 'ArrowUp';
    if (!back && event.key !== 'ArrowRight' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    set(share() + (back ? -STEP : STEP));
    rested(share());
  });
  bar.addEventListener('dblclick', () => {
    set(0.5);
    rested(share());
  });
  bar.setAttribute('aria-valuenow', String(Math.round(share() * 100)));
  return bar;
}

function isStacked(bar: HTMLElement): boolean {
  const parent = bar.parentElement;
  return parent !== null && getComputedStyle(parent).flexDirection === 'column';
}
