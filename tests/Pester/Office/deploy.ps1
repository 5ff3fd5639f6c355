# Deploys the service of app1, which takes a moment to start.
$service = [powershell]::Create().AddScript({
        Start-Sleep -Milliseconds 1200
        [System.Net.Sockets.TcpListener]::new('10.0.0.41', 8080).Start()
    })
$null = $service.BeginInvoke()
