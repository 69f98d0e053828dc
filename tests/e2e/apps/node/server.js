const http = require('http');
const fs = require('fs');
const isNumber = require('is-number');

const server = http.createServer((request, response) => response.end(fs.readFileSync('version')));
server.listen(Number(isNumber(process.env.PORT) ? process.env.PORT : 0));
process.on('SIGTERM', () => server.close(() => process.exit(0)));
