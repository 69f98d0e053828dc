module example.com/hello

go 1.18

// +scalingo goVersion go1.98.x
