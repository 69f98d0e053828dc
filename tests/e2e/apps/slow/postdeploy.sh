echo postdeploy
