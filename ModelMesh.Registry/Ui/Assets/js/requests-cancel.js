// Ends requests on an operator's behalf, one or all that match a filter.
import { call } from './api.js';
import { confirmed, toast, toastFault } from './dialogs.js';

const atOnce = 5;

export async function cancelOne(button, facts, progress) {
  const agreed = await confirmed({
    title: 'End this request?',
    body: `${facts.id} to ${facts.model}@${facts.version} is ${progress?.state ?? 'in flight'}${progress?.tokens ? `, ${progress.tokens} tokens in` : ''}. Its client is told that an operator ended it; its slot is free at once.`,
    action: 'End request',
    danger: true,
  });
  if (!agreed) {
    return;
  }

  button.disabled = true;
  try {
    await end(facts);
    toast('Ended.');
  } catch (error) {
    error.status === 404 ? toast('It had ended already.') : toastFault(error);
  } finally {
    button.disabled = false;
  }
}

export async function cancelAll(button, query, count) {
  const agreed = await confirmed({
    title: count === 1 ? 'End this request?' : `End all ${count} requests?`,
    body: `${query ? 'All requests that match the filter end' : 'All requests of the whole mesh end'}, those that are not shown among them, and those that come until then. Their clients are told that an operator ended them.`,
    action: count === 1 ? 'End request' : `End ${count} requests`,
    danger: true,
  });
  if (!agreed) {
    return;
  }

  button.disabled = true;
  try {
    const found = await all(query);
    const outcome = { ended: 0, over: 0, failed: [] };
    const left = [...found];
    await Promise.all(Array.from({ length: atOnce }, async () => {
      for (let request = left.pop(); request; request = left.pop()) {
        await endCounted(request, outcome);
      }
    }));
    const over = outcome.over > 0 ? ` ${outcome.over} had ended already.` : '';
    if (outcome.failed.length > 0) {
      toast(`${outcome.ended} ended, ${outcome.failed.length} did not: ${outcome.failed[0].message}${over}`, 'fault');
    } else {
      toast(`${outcome.ended} ended.${over}`);
    }
  } catch (error) {
    toastFault(error);
  } finally {
    button.disabled = false;
  }
}

async function all(query) {
  const found = [];
  let cursor = '';
  do {
    const { answer } = await call('GET', `/requests?${query}${query ? '&' : ''}limit=1000${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    found.push(...answer.requests);
    cursor = answer.next_cursor ?? '';
  } while (cursor);
  return found;
}

async function endCounted(request, outcome) {
  try {
    await end(request);
    outcome.ended++;
  } catch (error) {
    if (error.status === 404) {
      outcome.over++;
    } else {
      outcome.failed.push(error);
    }
  }
}

function end({ id, instance }) {
  return call('DELETE', `/requests/${encodeURIComponent(id)}?instance=${encodeURIComponent(instance)}`);
}
