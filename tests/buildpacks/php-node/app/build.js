const greeting = require('greeting');
require('fs').writeFileSync('built.txt', `${greeting} and a registry: ${require('isarray')([])}`);
