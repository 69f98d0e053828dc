module example.com/hello

go 1.18

require example.com/answer v1.0.0
