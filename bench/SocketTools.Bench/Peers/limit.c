// limit FIRST-ADDRESS HOSTS FIRST-PORT PORTS THREADS: what the system allows - non-blocking connect and poll, each thread
// its share of the end points, at most 500 under way. Prints the open end points, and then the seconds that it took.
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define WINDOW 500

typedef struct { long from, to; } Share;
static unsigned first_address;
static long ports, first_port;

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

static void report(long i, int fd) {
    struct sockaddr_in local, remote; socklen_t a = sizeof local, b = sizeof remote;
    if (getsockname(fd, (void *)&local, &a) || getpeername(fd, (void *)&remote, &b)) return;
    if (local.sin_port == remote.sin_port && local.sin_addr.s_addr == remote.sin_addr.s_addr) return;
    char text[32]; struct in_addr address = {htonl(first_address + i / ports)};
    printf("%s:%ld open\n", inet_ntop(AF_INET, &address, text, sizeof text), first_port + i % ports);
}

static void end(long i, int fd, int error) {
    struct linger reset = {1, 0};
    if (!error) report(i, fd);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
    close(fd);
}

static void *scan(void *argument) {
    Share *share = argument;
    struct pollfd under_way[WINDOW]; long which[WINDOW]; int count = 0;
    for (long i = share->from; i < share->to || count;) {
        while (i < share->to && count < WINDOW) {
            int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            if (fd < 0) break;
            struct sockaddr_in to = {AF_INET, htons(first_port + i % ports), {htonl(first_address + i / ports)}};
            if (connect(fd, (void *)&to, sizeof to) == 0) end(i, fd, 0);
            else if (errno != EINPROGRESS) end(i, fd, errno);
            else { under_way[count] = (struct pollfd){fd, POLLOUT, 0}; which[count++] = i; }
            i++;
        }
        if (poll(under_way, count, 100) <= 0) continue;
        for (int k = 0; k < count; k++) {
            if (!under_way[k].revents) continue;
            int error = 0; socklen_t size = sizeof error;
            getsockopt(under_way[k].fd, SOL_SOCKET, SO_ERROR, &error, &size);
            end(which[k], under_way[k].fd, error);
            under_way[k] = under_way[--count]; which[k--] = which[count];
        }
    }
    return 0;
}

int main(int argc, char **argv) {
    if (argc < 6) { fprintf(stderr, "usage: limit FIRST-ADDRESS HOSTS FIRST-PORT PORTS THREADS\n"); return 2; }
    struct in_addr address; inet_pton(AF_INET, argv[1], &address);
    first_address = ntohl(address.s_addr); first_port = atol(argv[3]); ports = atol(argv[4]);
    long all = atol(argv[2]) * ports; int threads = atoi(argv[5]);
    pthread_t thread[threads]; Share share[threads]; double start = now();
    for (int t = 0; t < threads; t++) {
        share[t] = (Share){all * t / threads, all * (t + 1) / threads};
        pthread_create(&thread[t], 0, scan, &share[t]);
    }
    for (int t = 0; t < threads; t++) pthread_join(thread[t], 0);
    printf("seconds %.4f\n", now() - start);
    return 0;
}
