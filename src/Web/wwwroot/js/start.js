// Starts the circuit, and keeps it: the state is on the server, so a lost connection is only a wait.
const banner = document.getElementById('connection');
const delays = [0, 500, 1000, 2000, 3000, 5000];
let attempt = 0;
let down = false;

const say = text => { banner.textContent = text; banner.hidden = false; };

async function retry() {
  while (down) {
    await new Promise(done => setTimeout(done, delays[Math.min(attempt, delays.length - 1)]));
    attempt++;
    // A short drop is not worth a word.
    if (attempt > 2) say('Connection lost. Releases go on; this page catches up by itself.');
    try {
      if (await Blazor.reconnect()) return;
      // The server answered and no longer has this circuit: each screen has its address, so load it afresh.
      location.reload();
      return;
    } catch { /* not reachable yet: the loop is the handling */ }
  }
}

await Blazor.start({
  circuit: {
    reconnectionHandler: {
      onConnectionDown: () => { if (!down) { down = true; attempt = 0; void retry(); } },
      onConnectionUp: () => { down = false; banner.hidden = true; },
    },
  },
});

addEventListener('keydown', event => {
  const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const search = document.getElementById('search');
  if (!search || search.offsetParent === null) return;
  event.preventDefault();
  search.focus();
});
