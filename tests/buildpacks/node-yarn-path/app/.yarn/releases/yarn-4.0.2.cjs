#!/usr/bin/env node
// Stands in for a release of yarn that is in the repository.
const [verb, ...rest] = process.argv.slice(2);
console.log(`the repository's yarn: ${verb} ${rest}`);
if (verb === 'install') require('fs').mkdirSync('node_modules');
if (verb === 'start') require('./../../server.js');
