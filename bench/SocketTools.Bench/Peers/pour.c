// pour BYTES: listens on a port of loopback, which it prints, and sends so many bytes to who connects, and closes. It ends with its input.
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

static long total;
static int listener;

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

static void *accept_all(void *argument) {
    for (int fd; (fd = accept(listener, NULL, NULL)) >= 0;) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, pour, (void *)(long)fd) == 0) pthread_detach(thread);
    }
    return argument;
}

int main(int count, char **words) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    pthread_t thread;
    total = count > 1 ? atol(words[1]) : 0;
    listener = socket(AF_INET, SOCK_STREAM, 0);
    if (bind(listener, (void *)&address, size) || listen(listener, 64) || getsockname(listener, (void *)&address, &size)) return 1;
    if (pthread_create(&thread, NULL, accept_all, NULL)) return 1;
    printf("%d\n", ntohs(address.sin_port));
    fflush(stdout);
    while (getchar() != EOF) { }
    return 0;
}
