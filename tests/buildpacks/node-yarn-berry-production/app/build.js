require('fs').writeFileSync('built.txt', `with isarray: ${require('isarray')([])}`);
