const app = require('express')();
app.get('/', (request, response) => response.send('hello from express'));
app.listen(process.env.PORT);
