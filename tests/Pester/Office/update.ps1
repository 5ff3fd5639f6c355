# An update of web1, which also leaves a port open that nobody asked for.
[System.Net.Sockets.TcpListener]::new('10.0.0.21', 9229).Start()
