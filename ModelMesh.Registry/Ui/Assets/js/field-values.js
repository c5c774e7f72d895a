// What a field of the form says in the body, and the other way round, by the field's kind. Pure.

/** The value that a text means; undefined where it is empty. What is no number stays text: the server says what is wrong with it. */
export function valueOf(kind, text) {
  const trimmed = text.trim();
  if (trimmed === '') {
    return undefined;
  }

  switch (kind) {
    case 'number': return Number.isFinite(Number(trimmed)) ? Number(trimmed) : trimmed;
    case 'flag':
    case 'optional-flag': return trimmed === 'true';
    case 'lines': return linesOf(text);
    case 'map': return Object.fromEntries(linesOf(text).map(line => {
      const at = line.indexOf('=');
      return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    }));
    case 'json': return objectOf(trimmed);
    default: return trimmed;
  }
}

/** The text that shows a value; null where no text of this kind can. */
export function textOf(kind, value) {
  if (value === undefined || value === null) {
    return '';
  }

  switch (kind) {
    case 'lines': return Array.isArray(value) && value.every(item => typeof item === 'string' && !item.includes('\n')) ? value.join('\n') : null;
    case 'map': return typeof value === 'object' && !Array.isArray(value) && Object.entries(value).every(([name, text]) => typeof text === 'string' && !/[=\n]/.test(name) && name === name.trim() && text === text.trim() && !text.includes('\n'))
      ? Object.entries(value).map(([name, text]) => text === '' ? name : `${name}=${text}`).join('\n')
      : null;
    case 'json': return typeof value !== 'object' ? null : Object.keys(value).length === 0 ? '' : JSON.stringify(value, null, 2);
    default: return typeof value === 'object' ? null : String(value);
  }
}

/** @throws SyntaxError where it is no JSON object. */
export function objectOf(text) {
  const value = JSON.parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new SyntaxError('must be a JSON object');
  }

  return value;
}

function linesOf(text) {
  return text.split('\n').map(line => line.trim()).filter(line => line);
}
