# get.py PORT TIMES: a small page over a connection of its own each time, as a course on sockets gets it.
import socket, sys, time
port, times = int(sys.argv[1]), int(sys.argv[2])
request = f"GET /small.txt HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode()
def get():
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client:
        client.settimeout(10)
        client.connect(("127.0.0.1", port))
        client.sendall(request)
        answer = b""
        while True:
            data = client.recv(4096)
            if not data:
                break
            answer += data
    return answer.split(b"\r\n\r\n", 1)[1].decode()
for _ in range(times):
    get()
start = time.perf_counter()
right = sum(get() == "hello\n" for _ in range(times))
print("seconds", time.perf_counter() - start)
print("right", right)
