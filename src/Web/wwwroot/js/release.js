// Keys of the release page: j and k go between steps, A opens the question before approving.
export function watch() {
  const pressed = event => {
    if (event.ctrlKey || event.metaKey || event.repeat) return;
    if (event.target.closest?.('input, textarea, select, [contenteditable]') || document.querySelector('dialog[open]')) return;
    const key = event.key.toLowerCase();
    if (key === 'a' && !event.altKey) {
      const button = document.querySelector('[data-key=a]:not(:disabled)');
      if (button) { event.preventDefault(); button.click(); }
    } else if ((key === 'j' || key === 'k') && !event.altKey) {
      const steps = [...document.querySelectorAll('nav[aria-label=Steps] a')];
      const at = steps.findIndex(step => step.hasAttribute('aria-current'));
      const to = steps[at + (key === 'j' ? 1 : -1)];
      if (to) { event.preventDefault(); to.click(); }
    }
  };
  addEventListener('keydown', pressed);
  return { dispose() { removeEventListener('keydown', pressed); } };
}

export function focus(id) {
  const element = document.getElementById(id);
  if (!element) return;
  element.focus({ preventScroll: true });
  const box = element.getBoundingClientRect();
  // Small screens have a bar of buttons at the bottom, over the page.
  if (box.top < 60 || box.bottom > innerHeight - 160) element.scrollIntoView({ block: 'center' });
}
