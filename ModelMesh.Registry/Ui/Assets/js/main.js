// Starts what every page has. A page's own behaviour is a module that registers itself with behaviours.js and is imported here.
import { startBehaviours } from './behaviours.js';
import { startActions } from './actions.js';
import { startKeys } from './keys.js';
import { startLive } from './live.js';
import { startNavigation } from './navigation.js';
import './values.js';
import './ages.js';
import './copy.js';
import './instances.js';
import './request-filter.js';
import './requests.js';
import './playground.js';
import './entry-form.js';
import './events.js';
import './explain.js';
import './rollout-chart.js';
import './rollout-form.js';
import './when.js';
import './models.js';

startNavigation();
startActions();
startKeys();
startLive();
startBehaviours(document.getElementById('main'));
