# receive.py PORT FILE: everything that comes goes to a file.
import socket, sys, time
start = time.perf_counter()
with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as client, open(sys.argv[2], "wb", buffering=0) as file:
    client.settimeout(10)
    client.connect(("127.0.0.1", int(sys.argv[1])))
    block = memoryview(bytearray(262144))
    while count := client.recv_into(block):
        file.write(block[:count])
print("seconds", time.perf_counter() - start)
