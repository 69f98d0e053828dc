const { MOTTO, PATH, NODE_ENV } = process.env;
require('fs').writeFileSync('seen', JSON.stringify({ MOTTO, NODE_ENV, path: PATH === '/nowhere' }));
