module example.com/hello

go 1.98.1

toolchain go1.99.3
