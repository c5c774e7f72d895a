// Between what stands in fields and what the API takes. Pure.

/** A target as text: chat, chat@v1; as JSON where its own @ would make that ambiguous. */
export function targetText(target) {
  return !target ? ''
    : target.model.includes('@') || target.version?.includes('@') ? JSON.stringify(target)
    : target.version ? `${target.model}@${target.version}` : target.model;
}

export function targetOf(text) {
  return text.startsWith('{') ? parsed(text) : text;
}

/** A number where it is one; else the text, which the API then finds fault with. */
export function numberOf(text) {
  return text !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}

export function linesOf(text) {
  return text.split('\n').map(line => line.trim()).filter(line => line);
}

/** "a, b" as ["a","b"]. */
export function namesOf(text) {
  return text.split(',').map(name => name.trim()).filter(name => name);
}

/** "name: value" a line, as an object. */
export function pairsOf(text) {
  return Object.fromEntries(linesOf(text).map(line => {
    const at = line.search(/[:=]/);
    return at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
  }));
}

const textFields = ['model', 'user_tier', 'capability', 'time', 'time.weekday'];

/** What a condition is compared with: text where the field is one, else numbers, true and false are what they look like, and "12" in quotes is text. */
export function conditionValue(field, operator, text) {
  if (operator === 'in') {
    return text.startsWith('[') ? parsed(text) : namesOf(text).map(item => single(field, item));
  }

  return text === '' ? undefined : operator === 'exists' ? literal(text) : single(field, text);
}

/** The other way round. */
export function conditionText(field, value) {
  if (value === undefined || value === null) {
    return '';
  }

  if (Array.isArray(value)) {
    const items = value.map(item => conditionText(field, item));
    return items.some(item => item === '' || /^\[|,|^\s|\s$/.test(item)) ? JSON.stringify(value) : items.join(', ');
  }

  return typeof value === 'string' && (textFields.includes(field) || single(field, value) === value) ? value : JSON.stringify(value);
}

function single(field, text) {
  return textFields.includes(field) ? text : literal(text);
}

function literal(text) {
  if (/^".*"$/.test(text) || text === 'true' || text === 'false') {
    return parsed(text);
  }

  return numberOf(text);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
