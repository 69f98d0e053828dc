require('http').createServer((request, response) => response.end('still builds')).listen(process.env.PORT);
