package main

import (
	"net/http"
	"os"
	"os/exec"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		said, err := exec.Command("go", "list", "-f", "{{.Module.Path}} has {{.Imports}}", ".").CombinedOutput()
		w.Write(said)
		if err != nil {
			w.Write([]byte(err.Error()))
		}
	})
	http.ListenAndServe("0.0.0.0:"+os.Getenv("PORT"), nil)
}
