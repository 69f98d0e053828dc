require('http').createServer((request, response) => response.end(require('fs').readFileSync('order', 'utf8').trim().split('\n').join(' ') + '.')).listen(process.env.PORT);
