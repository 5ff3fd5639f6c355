# ask.py PORT WARM TIMES: a request and its reply, one after the other on one connection, as a course on sockets has it.
import socket, sys, time
port, warm, times = map(int, sys.argv[1:])
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
    client.settimeout(10)
    client.connect(("127.0.0.1", port))
    def ask():
        client.sendall(b"PING\r\n")
        reply = client.recv(4096)
        while not reply.endswith(b"\n"):
            reply += client.recv(4096)
        return reply.rstrip(b"\r\n").decode()
    for _ in range(warm):
        ask()
    start = time.perf_counter()
    right = sum(ask() == "+PONG" for _ in range(times))
    print("seconds", time.perf_counter() - start)
    print("right", right)
