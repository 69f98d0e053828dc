"""Works until it is told to end. Its version is on its command line, for whoever looks."""
import signal

signal.pause()
