require('http').createServer((request, response) => response.end('plain ' + process.env.NODE_ENV)).listen(process.env.PORT);
