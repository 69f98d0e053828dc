require('http').createServer((request, response) => response.end('answer ' + require('answer'))).listen(process.env.PORT);
