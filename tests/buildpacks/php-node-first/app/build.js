require('fs').writeFileSync('built.txt', `built by Node.js ${process.versions.node.split('.')[0]}`);
