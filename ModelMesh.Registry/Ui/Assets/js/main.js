// Starts what every page has. A page's own behaviour is a module that registers itself with behaviours.js and is imported here.
import { startBehaviours } from './behaviours.js';
import { startActions } from './actions.js';
import { startKeys } from './keys.js';
import { startLive } from './live.js';
import { startNavigation } from './navigation.js';
import './values.js';

startNavigation();
startActions();
startKeys();
startLive();
startBehaviours(document.getElementById('main'));
