module example.com/hello

go 1.18

require example.com/answer v1.0.0

require example.com/local v0.0.0

replace example.com/local => ./local
