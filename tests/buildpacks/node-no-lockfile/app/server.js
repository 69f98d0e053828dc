require('http').createServer((request, response) => response.end(require('ms')('1h') + ' ms')).listen(process.env.PORT);
