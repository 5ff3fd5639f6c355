# sequential.py ADDRESS FIRST-PORT LAST-PORT: one port after the other, as a course on sockets has it.
import socket, sys, time
address, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
start = time.perf_counter()
for port in range(first, last + 1):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        if probe.connect_ex((address, port)) == 0:
            print(f"{address}:{port} open")
print("seconds", time.perf_counter() - start)
