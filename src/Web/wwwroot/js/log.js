// Scrolling of one log: following its end, and going to a line that may not be in the document yet.
export function watch(scroller, owner, rowHeight) {
  let following = false;
  const atEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < rowHeight * 2;
  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };
  const grown = new MutationObserver(() => { if (following) toEnd(); });
  grown.observe(scroller, { childList: true, subtree: true, attributes: true, attributeFilter: ['style'] });
  const scrolled = () => {
    if (following && !atEnd()) { following = false; void owner.invokeMethodAsync('FollowingEnded'); }
  };
  scroller.addEventListener('wheel', scrolled, { passive: true });
  scroller.addEventListener('keyup', scrolled);
  const goTo = line => { scroller.scrollTop = Math.max(0, (line - 1) * rowHeight - scroller.clientHeight / 3); };
  const fromHash = () => { const line = /^#L(\d+)$/.exec(location.hash); if (line) { following = false; goTo(+line[1]); void owner.invokeMethodAsync('LineLinked', +line[1]); } };
  addEventListener('hashchange', fromHash);
  fromHash();
  return {
    follow(on) { following = on; if (on) toEnd(); },
    goTo(line) { following = false; goTo(line); },
    dispose() { grown.disconnect(); removeEventListener('hashchange', fromHash); },
  };
}
