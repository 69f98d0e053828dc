const { readFileSync } = require('fs');
require('http').createServer((request, response) => response.end(
  `cached ${readFileSync('.next/cache/builds')}.`)).listen(process.env.PORT);
