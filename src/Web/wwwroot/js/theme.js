// Runs before the first paint, so that no page flashes in the other theme. Not a module: modules run too late.
(() => {
  const preferred = matchMedia('(prefers-color-scheme: dark)');
  const choice = () => { try { return localStorage.getItem('theme') ?? 'system'; } catch { return 'system'; } };
  const apply = () => {
    const chosen = choice();
    const theme = chosen === 'system' ? (preferred.matches ? 'dark' : 'light') : chosen;
    document.documentElement.dataset.theme = theme;
    remember('theme', theme);
  };
  const remember = (name, value) => {
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
  };
  preferred.addEventListener('change', apply);
  addEventListener('storage', e => { if (e.key === 'theme') apply(); });
  remember('tz', Intl.DateTimeFormat().resolvedOptions().timeZone);
  apply();
  globalThis.releaseShell = {
    choice,
    choose(value) { try { localStorage.setItem('theme', value); } catch { /* private window: this page only */ } apply(); },
    // Called by the first interactive rendering: from here on clicks are answered.
    live() { document.documentElement.dataset.live = ''; },
  };
})();
