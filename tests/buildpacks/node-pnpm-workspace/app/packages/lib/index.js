exports.answer = () => require('ms')('1h') + ' ms, ' + require('fs').readFileSync(__dirname + '/compiled.txt');
