package main

import (
	"example.com/answer"
	"example.com/local"
)

func main() { println(answer.Answer, local.Name) }
