// In which order requests are shown: by a column, up or down, as its header is pressed.
const values = {
  model: (facts) => `${facts.model}@${facts.version}`,
  state: (facts, progress) => progress.state,
  age: facts => -facts.since_ms,
  first: (facts, progress) => progress.first_token_ms ?? -1,
  tokens: (facts, progress) => progress.tokens,
  speed: (facts, progress) => progress.speed ?? -1,
  client: facts => facts.client ?? '',
  instance: facts => facts.instance,
  priority: facts => facts.priority,
};

/** Keys of requests in order. Those that are equal stay as they came, the oldest first. */
export function orderOf(state, { column, down }) {
  const keys = [...state.keys()].filter(key => key !== 'totals' && !key.endsWith('#') && state.has(`${key}#`));
  const told = new Map(keys.map(key => [key, [values[column](state.get(key), state.get(`${key}#`)), state.get(key).since_ms]]));
  return keys.sort((left, right) => {
    const [[a, since], [b, other]] = [told.get(left), told.get(right)];
    const difference = typeof a === 'number' ? a - b : a.localeCompare(b);
    return (down ? -difference : difference) || since - other;
  });
}

export function startSorting(root, changed, signal) {
  let sort = { column: 'age', down: true };
  root.querySelector('thead').addEventListener('click', event => {
    const header = event.target.closest('th[data-sort]');
    if (!header) {
      return;
    }

    const column = header.dataset.sort;
    sort = { column, down: sort.column === column ? !sort.down : !['model', 'state', 'client', 'instance'].includes(column) };
    for (const other of root.querySelectorAll('th[data-sort]')) {
      other.removeAttribute('aria-sort');
    }

    header.setAttribute('aria-sort', sort.down ? 'descending' : 'ascending');
    changed();
  }, { signal });
  return () => sort;
}
