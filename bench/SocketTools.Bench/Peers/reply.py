# reply.py: listens on a port of loopback, which it prints, and answers each line with a line, a thread a connection, as a course on
# sockets has it. It ends with its input.
import socket, sys, threading
def answer(connection):
    with connection:
        while data := connection.recv(4096):
            connection.sendall(b"+PONG\r\n" * data.count(b"\n"))
def accept_all(listener):
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=answer, args=(connection,), daemon=True).start()
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept_all, args=(listener,), daemon=True).start()
sys.stdin.read()
