"""Keep-alive clients that ask for one app all the time, by nginx or at its own port, and what they got."""
import http.client
import threading
import time

PAUSE = 0.005  # between two requests of a client: the load is bounded


class Clients:
    def __init__(self, domain, count, address=("127.0.0.1", 80)):
        self.domain, self.address = domain, address
        self.is_at_port = address[1] != 80
        self.served = 0
        self.retried = 0  # nginx had closed an idle connection: as browsers do, asked again
        self.failures = []
        self.allowed = frozenset()
        self._wanted = threading.Event()
        self._paused = 0
        self._condition = threading.Condition()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(count)]
        for thread in self._threads:
            thread.start()

    def allow(self, *answers):
        """From now on only these are right."""
        self.allowed = frozenset(answers)
        self._wanted.set()

    def pause(self):
        """Returns when no request is under way."""
        self._wanted.clear()
        with self._condition:
            self._condition.wait_for(lambda: self._paused == len(self._threads), timeout=60)

    def _run(self):
        connection = None
        while True:
            if not self._wanted.is_set():
                connection = None
                with self._condition:
                    self._paused += 1
                    self._condition.notify_all()
                self._wanted.wait()
                with self._condition:
                    self._paused -= 1
            connection = self._ask(connection)
            time.sleep(PAUSE)

    def _ask(self, connection):
        # A request that began before the step ended may have been answered by the old version.
        right = self.allowed
        is_reused = connection is not None
        try:
            if not is_reused:
                connection = http.client.HTTPConnection(*self.address, timeout=20)
                connection.right = right
            connection.request("GET", "/", headers={"Host": self.domain})
            response = connection.getresponse()
            body = response.read().decode()
        except (OSError, http.client.HTTPException) as error:
            if is_reused and isinstance(error, (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError)):
                self.retried += 1
                return self._ask(None)
            self.failures.append(repr(error))
            return None
        right |= self.allowed
        if self.is_at_port:  # what is connected stays with its container until that is told to stop
            right |= connection.right
        if response.status != 200 or body not in right:
            self.failures.append(f"{response.status} {body[:60]!r} instead of {sorted(right)}")
        else:
            self.served += 1
        return None if response.will_close else connection
