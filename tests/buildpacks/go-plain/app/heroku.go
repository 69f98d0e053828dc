//go:build heroku

package main

func init() { platform = "a platform" }
