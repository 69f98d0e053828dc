// Only there while the app is built.
const isArray = require('isarray');
require('fs').writeFileSync('built', `built with isarray: ${isArray([])}`);
