package main

// #include <answer.h>
import "C"

func main() { println(C.ANSWER) }
