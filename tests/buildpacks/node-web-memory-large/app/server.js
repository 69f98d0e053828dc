const { MEMORY_AVAILABLE, WEB_MEMORY, WEB_CONCURRENCY } = process.env;
require('http').createServer((request, response) => response.end(
  `${WEB_CONCURRENCY} processes: ${WEB_MEMORY} of ${MEMORY_AVAILABLE} MiB each.`)).listen(process.env.PORT);
