// Makes one tree of elements like another with as few changes as can be, so that focus, selection, scroll and what a user is typing stay.
// Children with data-key or id are matched by it, others by their place. An element with data-keep belongs to its script: once it is there its
// inside is left alone. What a user has opened stays open.
export function morph(from, to) {
  copyAttributes(from, to);
  if (from.hasAttribute('data-keep')) {
    return;
  }

  const keyed = new Map();
  for (const child of from.children) {
    const key = keyOf(child);
    if (key) {
      keyed.set(key, child);
    }
  }

  let place = from.firstChild;
  for (const wanted of [...to.childNodes]) {
    const found = matching(place, wanted, keyed);
    if (!found) {
      from.insertBefore(wanted, place);
      continue;
    }

    if (found === place) {
      place = place.nextSibling;
    } else {
      from.insertBefore(found, place);
    }

    if (found.nodeType === Node.ELEMENT_NODE) {
      keyed.delete(keyOf(found));
      morph(found, wanted);
    } else if (found.nodeValue !== wanted.nodeValue) {
      found.nodeValue = wanted.nodeValue;
    }
  }

  while (place) {
    const next = place.nextSibling;
    place.remove();
    place = next;
  }
}

function keyOf(element) {
  return element.dataset?.key ?? (element.id || null);
}

function matching(place, wanted, keyed) {
  if (wanted.nodeType === Node.ELEMENT_NODE) {
    const key = keyOf(wanted);
    if (key) {
      const found = keyed.get(key);
      return found?.tagName === wanted.tagName ? found : null;
    }
  }

  const same = place && place.nodeType === wanted.nodeType && place.nodeName === wanted.nodeName;
  return same && !(place.nodeType === Node.ELEMENT_NODE && keyOf(place)) ? place : null;
}

function copyAttributes(from, to) {
  const usersOwn = from.matches('dialog, details') ? ['open'] : [];
  for (const { name } of [...from.attributes]) {
    if (!to.hasAttribute(name) && !usersOwn.includes(name)) {
      from.removeAttribute(name);
    }
  }

  for (const { name, value } of to.attributes) {
    if (from.getAttribute(name) !== value && !usersOwn.includes(name)) {
      from.setAttribute(name, value);
    }
  }
}
