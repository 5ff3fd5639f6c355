# threads.py ADDRESS FIRST-PORT LAST-PORT: a thread a port, as a course on sockets has it.
import socket, sys, threading, time
address, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

def scan(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        if probe.connect_ex((address, port)) == 0:
            print(f"{address}:{port}\n", end="")

start = time.perf_counter()
threads = []
for port in range(first, last + 1):
    thread = threading.Thread(target=scan, args=(port,))
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()
print("seconds", time.perf_counter() - start)
