// reply BYTES: listens on two ports of loopback, which it prints. On the first it answers each line with a line; to who
// connects to the second it sends so many bytes and closes. It ends with its input.
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static long total;

static void *answer(void *argument) {
    int fd = (int)(long)argument;
    char line[4096];
    for (ssize_t n; (n = read(fd, line, sizeof line)) > 0;) {
        int lines = 0;
        for (ssize_t i = 0; i < n; i++) lines += line[i] == '\n';
        while (lines-- > 0) if (write(fd, "+PONG\r\n", 7) != 7) break;
    }
    close(fd);
    return NULL;
}

static void *pour(void *argument) {
    int fd = (int)(long)argument;
    static char block[1 << 18];
    for (long left = total; left > 0;) {
        ssize_t n = write(fd, block, left < (long)sizeof block ? left : (long)sizeof block);
        if (n <= 0) break;
        left -= n;
    }
    close(fd);
    return NULL;
}

typedef struct { int fd; void *(*serve)(void *); } Listener;

static void *accept_all(void *argument) {
    Listener *listener = argument;
    for (int fd; (fd = accept(listener->fd, NULL, NULL)) >= 0;) {
        pthread_t thread;
        int yes = 1;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        if (pthread_create(&thread, NULL, listener->serve, (void *)(long)fd) == 0) pthread_detach(thread);
    }
    return NULL;
}

static int listen_on_loopback(Listener *listener) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    pthread_t thread;
    listener->fd = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener->fd, (void *)&address, size) || listen(listener->fd, 64) || getsockname(listener->fd, (void *)&address, &size)) exit(1);
    if (pthread_create(&thread, NULL, accept_all, listener)) exit(1);
    return ntohs(address.sin_port);
}

int main(int count, char **words) {
    static Listener lines = {.serve = answer}, bytes = {.serve = pour};
    total = count > 1 ? atol(words[1]) : 0;
    int ask = listen_on_loopback(&lines);
    printf("%d %d\n", ask, listen_on_loopback(&bytes));
    fflush(stdout);
    while (getchar() != EOF) { }
    return 0;
}
