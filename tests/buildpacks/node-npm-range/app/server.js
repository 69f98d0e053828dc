require('http').createServer((request, response) => response.end('started by npm')).listen(process.env.PORT);
