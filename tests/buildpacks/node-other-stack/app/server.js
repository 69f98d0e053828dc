const { readFileSync } = require('fs');
require('http').createServer((request, response) => response.end(
  `cached ${readFileSync('.next/cache/builds')}, committed ${readFileSync('committed/builds')}.`)).listen(process.env.PORT);
