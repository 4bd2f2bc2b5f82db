/**
 * Shows a part of the page anew, but never between the press of a button there and its click, which would go to an element that is
 * gone. The focus stays on the button of the same name.
 *
 * @param part whose children `show` replaces
 * @returns shows it now, or when the button was let go
 */
export function calmly(part: HTMLElement, show: () => void): () => void {
  let pressed = false;
  let waiting = false;

  function showNow(): void {
    waiting = pressed;
    if (pressed) return;
    const { activeElement } = document;
    const name = activeElement && part.contains(activeElement) ? nameOf(activeElement) : undefined;
    show();
    if (name === undefined || part.contains(document.activeElement)) return;
    for (const one of part.querySelectorAll<HTMLElement>('[aria-label]'))
      if (nameOf(one) === name) one.focus();
  }

  function letGo(): void {
    pressed = false;
    if (waiting) showNow();
  }

  part.addEventListener('pointerdown', () => (pressed = true));
  // The click comes after the button was let go.
  for (const end of ['pointerup', 'pointercancel']) addEventListener(end, () => setTimeout(letGo));
  // It was let go outside of the page.
  addEventListener('pointermove', ({ buttons }) => {
    if (pressed && buttons === 0) letGo();
  });
  addEventListener('blur', letGo);
  return showNow;
}

function nameOf(element: Element): string | undefined {
  return element.getAttribute('aria-label') ?? undefined;
}
