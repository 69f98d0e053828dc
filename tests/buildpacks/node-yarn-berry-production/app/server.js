const ms = require('ms');
const fs = require('fs');
const built = fs.existsSync('built.txt') ? fs.readFileSync('built.txt', 'utf8') : 'nothing';
let dev = 'none';
try { require('isarray'); dev = 'there'; } catch {}
require('http').createServer((request, response) => {
  response.end(`${process.env.npm_config_user_agent.split(' ')[0]}: ${ms('1h')} ms, built ${built}, dev ${dev}\n`);
}).listen(process.env.PORT);
