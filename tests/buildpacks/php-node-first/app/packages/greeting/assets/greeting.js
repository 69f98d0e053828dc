module.exports = 'from vendor';
