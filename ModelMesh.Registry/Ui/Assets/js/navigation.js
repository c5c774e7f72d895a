// Links inside the UI change what is shown without a page load: the page is fetched, its main element takes the place of the old one, and the live
// stream goes on. A page that its own data has outdated is fetched again and morphed into what is shown.
import { startBehaviours, stopGoneBehaviours } from './behaviours.js';
import { morph } from './morph.js';
import { pageChanged } from './live.js';

let refreshing = null;
let again = false;
let shown = place();
let turn = 0;

export function startNavigation() {
  document.addEventListener('click', event => {
    const link = event.target.closest?.('a[href]');
    if (link && isOurs(link, event)) {
      event.preventDefault();
      navigate(link.href);
    }
  });

  // A step inside the page, to its content for one, is a popstate, too.
  addEventListener('popstate', () => {
    turn++;
    if (place() !== shown) {
      show(location.href, false);
    }
  });
}

export function navigate(address) {
  return show(address, true);
}

/** Fetches this page again and takes over what has changed. Calls while one runs are one more run. */
export async function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }

  refreshing = (async () => {
    do {
      again = false;
      const address = location.href;
      const page = await fetchPage(address).catch(() => null);
      if (page && location.href === address) {
        take(page, (from, to) => morph(from, to));
      }
    } while (again);
  })();
  try {
    await refreshing;
  } finally {
    refreshing = null;
  }
}

async function show(address, push) {
  const mine = ++turn;
  document.body.classList.remove('nav-open');
  document.getElementById('menu').setAttribute('aria-expanded', 'false');
  const page = await fetchPage(address).catch(() => null);
  if (mine !== turn) {
    // Somewhere else was asked for meanwhile.
    return;
  }

  if (!page) {
    location.href = address;
    return;
  }

  if (push) {
    history.pushState(null, '', address);
  }

  take(page, (from, to) => from.replaceWith(to));
  scrollTo(0, 0);
  document.getElementById('main').focus({ preventScroll: true });
}

function place() {
  return location.pathname + location.search;
}

async function fetchPage(address) {
  const response = await fetch(address, { headers: { accept: 'text/html' } });
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  if (!page.getElementById('main')) {
    throw new Error('No page of the UI.');
  }

  return page;
}

function take(page, change) {
  shown = place();
  const title = page.getElementById('title').textContent;
  document.title = page.title;
  document.getElementById('title').textContent = title;
  change(document.getElementById('main'), page.getElementById('main'));
  const main = document.getElementById('main');
  for (const link of document.querySelectorAll('#nav a[data-section]')) {
    if (link.dataset.section === main.dataset.section) {
      link.setAttribute('aria-current', 'page');
    } else {
      link.removeAttribute('aria-current');
    }
  }

  stopGoneBehaviours();
  startBehaviours(main);
  pageChanged();
}

function isOurs(link, event) {
  return !event.defaultPrevented && event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey
    && !link.target && link.origin === location.origin && link.pathname.startsWith('/ui') && !(link.pathname === location.pathname && link.hash);
}
