"""What the benchmarks have in common."""
import statistics
import subprocess
import time


def timed(command, **options):
    """Runs a command that has to succeed; its seconds."""
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, **options)
    return time.perf_counter() - began


def row(name, seconds):
    low, mid, high = min(seconds), statistics.median(seconds), max(seconds)
    print(f"{name:34} n={len(seconds):3}  min {low * 1e3:8.1f}  median {mid * 1e3:8.1f}  max {high * 1e3:8.1f} ms")
    return mid
