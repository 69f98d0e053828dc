require('http').createServer((request, response) => {
  response.end('started by the repository’s yarn\n');
}).listen(process.env.PORT);
