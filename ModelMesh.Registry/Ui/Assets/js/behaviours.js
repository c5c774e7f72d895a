// A behaviour is what a script adds to an element with data-behaviour="name": start(element, signal) is called once for each such element, and the
// signal is aborted when the element has left the page. So nothing outlives what it belongs to.
const starts = new Map();
const running = new Map();

export function behaviour(name, start) {
  starts.set(name, start);
}

export function startBehaviours(root) {
  for (const element of root.querySelectorAll('[data-behaviour]')) {
    if (running.has(element)) {
      continue;
    }

    const controller = new AbortController();
    running.set(element, controller);
    for (const name of element.dataset.behaviour.split(' ')) {
      starts.get(name)?.(element, controller.signal);
    }
  }
}

export function stopGoneBehaviours() {
  for (const [element, controller] of running) {
    if (!element.isConnected) {
      controller.abort();
      running.delete(element);
    }
  }
}
