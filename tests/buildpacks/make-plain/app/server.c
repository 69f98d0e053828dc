// The smallest web server that tells something: every request gets the same answer.
#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "answer.h"

int main(void) {
  const char* port = getenv("PORT");
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_port = htons((unsigned short)atoi(port ? port : "8080"))};
  int listener = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(listener, (struct sockaddr*)&address, sizeof address) != 0 || listen(listener, 16) != 0) {
    perror("listen");
    return 1;
  }
  for (;;) {
    char request[4096], response[4096];
    int visitor = accept(listener, NULL, NULL);
    if (visitor < 0) continue;
    if (read(visitor, request, sizeof request) > 0) {
      int length = snprintf(response, sizeof response, "HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n%s\n", answer());
      if (write(visitor, response, (size_t)length) < 0) perror("write");
    }
    close(visitor);
  }
}
