require('http').createServer((request, response) => response.end(require('fs').readFileSync('seen'))).listen(process.env.PORT);
