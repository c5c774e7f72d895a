// What the pages of models add.
import './model-form.js';
import './model-list.js';
import './remove.js';
import './sparks.js';
import './weights.js';
