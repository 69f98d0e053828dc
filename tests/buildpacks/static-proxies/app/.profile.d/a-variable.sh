export BACKEND=http://127.0.0.1:$PORT/backend/ SECTION="all&more"
