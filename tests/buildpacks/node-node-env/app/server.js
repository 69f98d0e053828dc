require('http').createServer((request, response) => response.end(
  `${process.env.NODE_ENV} with isarray: ${require('isarray')([])}`)).listen(process.env.PORT);
