const fs = require('fs');
fs.writeFileSync('built', `${fs.readFileSync('built')}, then dev ${fs.existsSync('node_modules/isarray') ? 'left' : 'removed'}`);
fs.rmSync('sources', { recursive: true });
