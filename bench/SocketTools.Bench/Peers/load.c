// load tcp|udp PORT CONNECTIONS BYTES MESSAGES: sends each message when the one before it on the same connection is back, on as
// many connections as asked, until so many are back. Prints the seconds that it took, and how many came back changed or not at all.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define LARGEST (1024 * 1024)

typedef struct { int fd, sent, back; } Connection;
static char out[LARGEST], in[LARGEST];
static int bytes, epoll, is_udp;
static long left, wrong;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

static void wait_for(Connection *c, unsigned events, int operation) {
    struct epoll_event event = {events, {.ptr = c}};
    epoll_ctl(epoll, operation, c->fd, &event);
}

static void push(Connection *c) {
    int was_blocked = c->sent > 0;
    while (c->sent < bytes) {
        ssize_t n = send(c->fd, out + c->sent, bytes - c->sent, MSG_NOSIGNAL);
        if (n < 0) {
            if (errno != EAGAIN) { wrong++; return; }
            wait_for(c, EPOLLIN | EPOLLOUT, EPOLL_CTL_MOD);
            return;
        }
        c->sent += n;
    }
    if (was_blocked) wait_for(c, EPOLLIN, EPOLL_CTL_MOD);
}

static void pull(Connection *c, int *under_way) {
    ssize_t n = recv(c->fd, in + c->back, bytes - c->back + is_udp, 0);
    if (n < 0 && errno == EAGAIN) return;
    if (n <= 0 || memcmp(in + c->back, out + c->back, n)) wrong++;
    if (n <= 0) { close(c->fd); --*under_way; return; }
    if ((c->back += n) < bytes) return;
    c->sent = c->back = 0;
    if (left > 0) { left--; push(c); } else --*under_way;
}

int main(int argc, char **argv) {
    if (argc < 6) { fprintf(stderr, "usage: load tcp|udp PORT CONNECTIONS BYTES MESSAGES\n"); return 2; }
    int count = atoi(argv[3]), one = 1, under_way = 0;
    is_udp = !strcmp(argv[1], "udp"); bytes = atoi(argv[4]); left = atol(argv[5]);
    if (bytes >= LARGEST) return 2;
    for (int i = 0; i < bytes; i++) out[i] = 'a' + i % 26;
    Connection *connections = calloc(count, sizeof *connections);
    struct sockaddr_in to = {AF_INET, htons(atoi(argv[2])), {htonl(INADDR_LOOPBACK)}};
    epoll = epoll_create1(0);
    for (int i = 0; i < count; i++) {
        Connection *c = &connections[i];
        c->fd = socket(AF_INET, is_udp ? SOCK_DGRAM : SOCK_STREAM, 0);
        if (connect(c->fd, (void *)&to, sizeof to)) { perror("connect"); return 1; }
        if (!is_udp) setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
        fcntl(c->fd, F_SETFL, O_NONBLOCK);
        wait_for(c, EPOLLIN, EPOLL_CTL_ADD);
    }
    double start = now();
    for (int i = 0; i < count && left > 0; i++, under_way++) { left--; push(&connections[i]); }
    struct epoll_event events[256];
    while (under_way > 0) {
        int n = epoll_wait(epoll, events, 256, 5000);
        if (n == 0) { wrong += under_way; break; }
        for (int i = 0; i < n; i++) {
            if (events[i].events & EPOLLOUT) push(events[i].data.ptr);
            if (events[i].events & ~EPOLLOUT) pull(events[i].data.ptr, &under_way);
        }
    }
    printf("seconds %.6f\nwrong %ld\n", now() - start, wrong + left);
}
