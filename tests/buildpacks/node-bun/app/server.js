const { existsSync, readFileSync } = require('fs');
const ms = require('ms');
const text = `bun ${process.versions.bun.split('.')[0]}: ${ms('1h')} ms, ${readFileSync('built')}, dev ${existsSync('node_modules/isarray') ? 'left' : 'none'}`;
Bun.serve({ port: process.env.PORT, fetch: () => new Response(text) });
