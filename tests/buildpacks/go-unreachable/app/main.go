package main

import "example.com/answer"

func main() { println(answer.Answer) }
