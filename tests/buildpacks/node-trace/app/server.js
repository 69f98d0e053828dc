require('http').createServer((request, response) => response.end(require('fs').readFileSync('built'))).listen(process.env.PORT);
