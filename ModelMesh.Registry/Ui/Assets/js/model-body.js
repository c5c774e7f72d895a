// Bodies of model versions as values: what a field says, what two of them differ in, and one's changes on top of another. Pure.
const READ_ONLY = ['mock', 'status', 'status_reason', 'health', 'endpoints', 'revision', 'active', 'queued', 'created_at', 'updated_at'];
const NESTED = ['timeouts', 'resilience'];

/** The body that an answer of the admin API would be registered by. */
export function bodyOf(answer) {
  return Object.fromEntries(Object.entries(answer).filter(([name]) => !READ_ONLY.includes(name)));
}

/** The same said in full, so that two bodies which mean the same are the same. */
export function complete(body, defaults) {
  const full = { ...defaults, ...Object.fromEntries(Object.entries(bodyOf(body)).filter(([, value]) => value !== null)) };
  for (const name of NESTED) {
    full[name] = isObject(full[name]) ? { ...defaults[name], ...full[name] } : full[name];
  }

  if (typeof full.cache === 'boolean') {
    full.cache = { enabled: full.cache };
  }

  if (isObject(full.cache)) {
    full.cache = { enabled: true, ttl: 300, ...full.cache };
  }

  return full;
}

export function get(body, path) {
  return path.reduce((value, name) => isObject(value) ? value[name] : undefined, body);
}

/** A copy in which the path says something else; undefined takes it out, and what it leaves empty above it, but for backend. */
export function put(body, [name, ...rest], value) {
  const copy = { ...body };
  const inner = rest.length === 0 ? value : put(isObject(copy[name]) ? copy[name] : {}, rest, value);
  if (inner === undefined || (rest.length > 0 && value === undefined && Object.keys(inner).length === 0 && name !== 'backend')) {
    delete copy[name];
  } else {
    copy[name] = inner;
  }

  return copy;
}

/** Field by field: [{path: […], before, after}]; undefined where one has it not. */
export function differences(before, after, path = []) {
  if (isObject(before) && isObject(after)) {
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].flatMap(name => differences(before[name], after[name], [...path, name]));
  }

  return sameValue(before, after) ? [] : [{ path, before, after }];
}

/** What was changed from base to mine, on top of theirs; conflicts are the fields that both changed, each to something else. */
export function rebased(base, mine, theirs) {
  const ours = differences(base, mine);
  const others = differences(base, theirs);
  const conflicts = ours.filter(change => others.some(other => overlap(change.path, other.path)) && !sameValue(change.after, get(theirs, change.path)));
  return { body: ours.reduce((body, { path, after }) => put(body, path, after), theirs), theirChanges: others, conflicts };
}

export function pathText(path) {
  return path.map((name, i) => /^[\w-]+$/.test(name) ? (i ? `.${name}` : name) : `[${JSON.stringify(name)}]`).join('');
}

function overlap(one, other) {
  return one.slice(0, other.length).join('\n') === other.slice(0, one.length).join('\n');
}

function sameValue(one, other) {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value) {
  return Array.isArray(value) ? value.map(sorted)
    : isObject(value) ? Object.fromEntries(Object.keys(value).sort().map(name => [name, sorted(value[name])]))
      : value;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
