export YARN_PRODUCTION=true
