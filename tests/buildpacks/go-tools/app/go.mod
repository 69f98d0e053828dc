module tools

go 1.18
