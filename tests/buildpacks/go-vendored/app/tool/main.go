package main

func main() { println("unwanted") }
