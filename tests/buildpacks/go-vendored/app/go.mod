module example.com/hello

go 1.13

require example.com/answer v1.0.0

// +heroku install ./cmd/...
