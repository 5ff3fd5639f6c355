// echo tcp|udp: what the system allows an echo server of one thread - epoll and synchronous answers, or recvmsg and sendmsg.
// Prints its port, and serves until its standard input ends.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[128 * 1024];

static void *leave(void *unused) { char c; while (read(0, &c, 1) > 0); exit(0); return unused; }

static void serve_datagrams(int fd) {
    struct sockaddr_in peer; struct iovec part = {buffer, sizeof buffer};
    for (;;) {
        struct msghdr message = {&peer, sizeof peer, &part, 1, 0, 0, 0};
        part.iov_len = sizeof buffer;
        ssize_t n = recvmsg(fd, &message, 0);
        if (n < 0) continue;
        part.iov_len = n;
        sendmsg(fd, &message, 0);
    }
}

// Waits for room when the client is slow: the load never is for long.
static void send_all(int fd, ssize_t n) {
    for (ssize_t at = 0; at < n;) {
        ssize_t sent = send(fd, buffer + at, n - at, MSG_NOSIGNAL);
        if (sent > 0) { at += sent; continue; }
        if (errno != EAGAIN) return;
        struct pollfd room = {fd, POLLOUT, 0};
        poll(&room, 1, 1000);
    }
}

static void serve_streams(int listener) {
    int epoll = epoll_create1(0), one = 1;
    struct epoll_event event = {EPOLLIN, {.fd = listener}}, events[256];
    epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &event);
    for (;;) {
        int count = epoll_wait(epoll, events, 256, -1);
        for (int i = 0; i < count; i++) {
            int fd = events[i].data.fd;
            if (fd == listener) {
                int client = accept4(listener, 0, 0, SOCK_NONBLOCK);
                if (client < 0) continue;
                setsockopt(client, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
                event = (struct epoll_event){EPOLLIN, {.fd = client}};
                epoll_ctl(epoll, EPOLL_CTL_ADD, client, &event);
                continue;
            }
            ssize_t n = recv(fd, buffer, sizeof buffer, 0);
            if (n > 0) send_all(fd, n);
            else if (n == 0 || errno != EAGAIN) close(fd);
        }
    }
}

int main(int argc, char **argv) {
    int is_udp = argc > 1 && !strcmp(argv[1], "udp"), fd = socket(AF_INET, is_udp ? SOCK_DGRAM : SOCK_STREAM, 0);
    struct sockaddr_in here = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}}; socklen_t size = sizeof here;
    if (bind(fd, (void *)&here, size) || getsockname(fd, (void *)&here, &size) || (!is_udp && listen(fd, 4096))) return 1;
    printf("%d\n", ntohs(here.sin_port));
    fflush(stdout);
    pthread_t thread;
    pthread_create(&thread, 0, leave, 0);
    if (is_udp) serve_datagrams(fd); else serve_streams(fd);
}
