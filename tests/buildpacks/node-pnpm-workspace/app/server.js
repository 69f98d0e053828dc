require('http').createServer((request, response) => {
  response.end(require('lib').answer());
}).listen(process.env.PORT);
