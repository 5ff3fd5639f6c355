# threads.py ADDRESS FIRST-PORT LAST-PORT: a thread a port, as a course on sockets has it.
import errno, socket, sys, threading, time
address, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])

def scan(port):
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(5)
        result = probe.connect_ex((address, port))
        state = {0: "open", errno.ECONNREFUSED: "closed"}.get(result, "filtered")
        print(f"{address}:{port} {state}\n", end="")

start = time.perf_counter()
threads = []
for port in range(first, last + 1):
    thread = threading.Thread(target=scan, args=(port,))
    thread.start()
    threads.append(thread)
for thread in threads:
    thread.join()
print("seconds", time.perf_counter() - start)
