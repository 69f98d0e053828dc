import os

from flask import Flask, request

app = Flask(__name__)


@app.route("/")
def hello():
    return f"flask {request.scheme} {os.environ['SERVER_SOFTWARE']}"
