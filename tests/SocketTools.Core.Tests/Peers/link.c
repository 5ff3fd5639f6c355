// link [-d MS] [-l PERCENT] [-s SEED] [-o PORT,...] [-q FIRST-LAST,...] [-p FIRST-LAST] COMMAND...: runs a command at one end of
// a slow and lossy link, and ends with its exit status. The command has a network of its own: loopback, and the address
// 10.77.0.1; at 10.77.0.2 is the other end, a host whose ports are closed, but for those that are open (-o) or silent (-q).
//   -d  how long a packet is on the way, in milliseconds, each way (0)
//   -l  how many of a hundred packets get lost, each way (0)
//   -s  where the random numbers start: the same number loses the same packets of each direction (1)
//   -p  the near end's local ports that connections start from
// Both networks are namespaces without a name, joined by a TUN device in each and this program between them. They are gone
// when it is, and it ends with its command, or with the process that started it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ifaddrs.h>
#include <linux/if_link.h>
#include <linux/if_tun.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define DEVICE "tun0"
#define LARGEST 2048      // more than the device's MTU, 1500
#define QUEUE 100000      // packets that the system keeps until this program reads them
#define AT_ONCE 256       // packets read of one direction before the other has its turn
#define LOOK_AROUND 0.1   // seconds between two looks at whether the parent is alive
#define MOST_OPEN 64

typedef struct Packet { struct Packet *next; double due; int size; unsigned char bytes[]; } Packet;
typedef struct { int from, to; Packet *first, **last; unsigned short random[3]; } Lane;

static double delay, loss;
static long local_first, local_last, unsent;
static char quiet[65536];

static double now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec + t.tv_nsec / 1e9; }

static void need(int succeeded, const char *what) {
    if (succeeded) return;
    fprintf(stderr, "link: %s: %s\n", what, strerror(errno));
    exit(125);
}

static void write_file(const char *path, const char *text) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    need(file >= 0 && write(file, text, strlen(text)) == (ssize_t)strlen(text), path);
    close(file);
}

// Who is not root may make networks as the root of a user namespace.
static void become_root(void) {
    char map[64]; int user = geteuid(), group = getegid();
    if (user == 0) return;
    need(!unshare(CLONE_NEWUSER), "a user namespace");
    write_file("/proc/self/setgroups", "deny");
    snprintf(map, sizeof map, "0 %d 1", user); write_file("/proc/self/uid_map", map);
    snprintf(map, sizeof map, "0 %d 1", group); write_file("/proc/self/gid_map", map);
}

static void raise_device(int control, const char *name) {
    struct ifreq request = {0}; strcpy(request.ifr_name, name);
    need(!ioctl(control, SIOCGIFFLAGS, &request), name);
    request.ifr_flags |= IFF_UP;
    need(!ioctl(control, SIOCSIFFLAGS, &request), name);
}

static void give(int control, unsigned long what, const char *address) {
    struct ifreq request = {0}; strcpy(request.ifr_name, DEVICE);
    struct sockaddr_in *in = (void *)&request.ifr_addr;
    in->sin_family = AF_INET; inet_pton(AF_INET, address, &in->sin_addr);
    need(!ioctl(control, what, &request), address);
}

// By netlink, since the ioctl for it is not for the root of a user namespace.
static void lengthen_queue(void) {
    struct { struct nlmsghdr head; struct ifinfomsg link; struct rtattr attribute; unsigned length; } request = {
        {sizeof request, RTM_NEWLINK, NLM_F_REQUEST | NLM_F_ACK, 1, 0}, {.ifi_index = if_nametoindex(DEVICE)},
        {RTA_LENGTH(sizeof(unsigned)), IFLA_TXQLEN}, QUEUE};
    struct { struct nlmsghdr head; struct nlmsgerr answer; char rest[1024]; } reply = {0};
    int netlink = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);
    need(send(netlink, &request, sizeof request, 0) > 0 && recv(netlink, &reply, sizeof reply, 0) > 0, "netlink");
    errno = -reply.answer.error;
    need(!errno, "a long queue");
    close(netlink);
}

// Puts this thread into a new network with loopback and a TUN device, and gives the device.
static int make_network(const char *address) {
    need(!unshare(CLONE_NEWNET), "a network namespace");
    int tun = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC), control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    struct ifreq request = {0}; strcpy(request.ifr_name, DEVICE); request.ifr_flags = IFF_TUN | IFF_NO_PI;
    need(tun >= 0 && !ioctl(tun, TUNSETIFF, &request), "/dev/net/tun");
    lengthen_queue();
    give(control, SIOCSIFADDR, address);
    give(control, SIOCSIFNETMASK, "255.255.255.0");
    raise_device(control, "lo");
    raise_device(control, DEVICE);
    close(control);
    return tun;
}

static int listen_on(long port) {
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    struct sockaddr_in any = {AF_INET, htons(port), {0}, {0}};
    need(listener >= 0 && !bind(listener, (void *)&any, sizeof any) && !listen(listener, 4096), "an open port");
    return listener;
}

// Packets that this thread's network had no room for.
static long dropped_here(void) {
    struct ifaddrs *all = 0; long dropped = 0;
    if (getifaddrs(&all)) return 0;
    for (struct ifaddrs *one = all; one; one = one->ifa_next)
        if (one->ifa_addr && one->ifa_addr->sa_family == AF_PACKET && !strcmp(one->ifa_name, DEVICE))
            dropped = ((struct rtnl_link_stats *)one->ifa_data)->tx_dropped;
    freeifaddrs(all);
    return dropped;
}

static int is_ipv4(const unsigned char *bytes, int size) { return size >= 20 && bytes[0] >> 4 == 4; }

static int is_for_quiet_port(const unsigned char *bytes, int size) {
    int header = (bytes[0] & 15) * 4;
    if (bytes[9] != IPPROTO_TCP || size < header + 4) return 0;
    return quiet[bytes[header + 2] << 8 | bytes[header + 3]];
}

// The devices' own IPv6 chatter takes no part: it would use up random numbers.
static void take(Lane *lane, int is_to_far) {
    unsigned char bytes[LARGEST]; int size;
    for (int i = 0; i < AT_ONCE && (size = read(lane->from, bytes, sizeof bytes)) > 0; i++) {
        if (!is_ipv4(bytes, size) || (is_to_far && is_for_quiet_port(bytes, size)) || erand48(lane->random) < loss) continue;
        Packet *packet = malloc(sizeof *packet + size);
        need(packet != 0, "memory");
        packet->next = 0; packet->due = now() + delay; packet->size = size; memcpy(packet->bytes, bytes, size);
        *lane->last = packet; lane->last = &packet->next;
    }
}

// Sends what is due on; gives when the next packet is, or the time given if that is sooner.
static double deliver(Lane *lane, double next) {
    double t = now();
    while (lane->first && lane->first->due <= t) {
        Packet *packet = lane->first;
        if (write(lane->to, packet->bytes, packet->size) != packet->size) unsent++;
        if (!(lane->first = packet->next)) lane->last = &lane->first;
        free(packet);
    }
    return lane->first && lane->first->due < next ? lane->first->due : next;
}

static int silence(char *ranges) {
    for (char *range = strtok(ranges, ","); range; range = strtok(0, ",")) {
        unsigned short first, last;
        if (sscanf(range, "%hu-%hu", &first, &last) != 2) return 0;
        for (long port = first; port <= last; port++) quiet[port] = 1;
    }
    return 1;
}

static int carry(Lane *lane, struct pollfd *watched, int count, pid_t child, pid_t parent) {
    for (;;) {
        double t = now(), wait = deliver(&lane[1], deliver(&lane[0], t + LOOK_AROUND)) - now();
        struct timespec time = {0, wait > 0 ? (long)(wait * 1e9) : 0};
        ppoll(watched, count, &time, 0);
        take(&lane[0], 1);
        take(&lane[1], 0);
        for (int i = 3; i < count; i++)
            for (int accepted; watched[i].revents && (accepted = accept(watched[i].fd, 0, 0)) >= 0;) close(accepted);
        int status;
        if (watched[2].revents && waitpid(child, &status, WNOHANG) == child)
            return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
        // Not PR_SET_PDEATHSIG: the parent may have started this program from a thread that ends before it does.
        if (getppid() != parent) return 124;
    }
}

static pid_t start(char **command, int network) {
    char range[64];
    pid_t self = getpid(), child = fork();
    need(child >= 0, "fork");
    if (child) return child;
    need(!setns(network, CLONE_NEWNET), "the near network");
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != self) _exit(124);
    snprintf(range, sizeof range, "%ld %ld", local_first, local_last);
    if (local_first) write_file("/proc/sys/net/ipv4/ip_local_port_range", range);
    execvp(command[0], command);
    need(0, command[0]);
    return 0;
}

int main(int argc, char **argv) {
    pid_t parent = getppid(); int option, count = 3; long seed = 1; char *open_ports = "";
    while ((option = getopt(argc, argv, "+d:l:s:o:q:p:")) != -1) {
        if (option == 'd') delay = atof(optarg) / 1e3;
        else if (option == 'l') loss = atof(optarg) / 100;
        else if (option == 's') seed = atol(optarg);
        else if (option == 'o') open_ports = optarg;
        else if (option == 'q' && silence(optarg)) continue;
        else if (option == 'p' && sscanf(optarg, "%ld-%ld", &local_first, &local_last) == 2) continue;
        else optind = argc;
    }
    if (optind >= argc) {
        fprintf(stderr, "usage: link [-d MS] [-l PERCENT] [-s SEED] [-o PORT,...] [-q FIRST-LAST,...] [-p FIRST-LAST] COMMAND...\n");
        return 125;
    }
    become_root();
    int near = make_network("10.77.0.1"), network = open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC);
    int far = make_network("10.77.0.2");
    struct pollfd watched[3 + MOST_OPEN] = {{near, POLLIN, 0}, {far, POLLIN, 0}};
    for (char *port = strtok(strdup(open_ports), ","); port && count < 3 + MOST_OPEN; port = strtok(0, ","))
        watched[count++] = (struct pollfd){listen_on(atol(port)), POLLIN, 0};
    pid_t child = start(argv + optind, network);
    watched[2] = (struct pollfd){syscall(SYS_pidfd_open, child, 0), POLLIN, 0};
    need(watched[2].fd >= 0, "the command");
    Lane lane[2] = {{near, far, 0, &lane[0].first, {seed, 1, 0}}, {far, near, 0, &lane[1].first, {seed, 2, 0}}};
    int status = carry(lane, watched, count, child, parent);
    unsent += dropped_here();
    if (!setns(network, CLONE_NEWNET)) unsent += dropped_here();
    if (unsent) { fprintf(stderr, "link: %ld packets were lost for want of room\n", unsent); return 123; }
    return status;
}
