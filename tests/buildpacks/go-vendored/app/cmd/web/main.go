package main

import (
	"net"
	"os"

	"example.com/answer"
)

// Not net/http, which takes ten seconds to compile.
func main() {
	listener, err := net.Listen("tcp", "0.0.0.0:"+os.Getenv("PORT"))
	if err != nil {
		panic(err)
	}
	for {
		connection, err := listener.Accept()
		if err != nil {
			panic(err)
		}
		connection.Write([]byte("HTTP/1.0 200 OK\r\n\r\n" + answer.Answer))
		connection.Read(make([]byte, 4096))
		connection.Close()
	}
}
