// The least that a cmdlet can do for a page: the system's calls, and nothing that looks at what comes.
using System;
using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Text;

[Cmdlet(VerbsCommon.Get, "Page")]
public sealed class GetPageCommand : PSCmdlet
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes("GET /small.txt HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n");

    [Parameter(Mandatory = true, Position = 0)]
    public ushort Port { get; set; }

    protected override void ProcessRecord()
    {
        var address = new byte[] { 2, 0, (byte)(Port >> 8), (byte)Port, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0 };
        var buffer = new byte[4096];
        var length = 0;
        var count = 1;
        var s = socket(2, 1, 0);
        connect(s, address, address.Length);
        send(s, Request, Request.Length, 0);
        // The page is the first line that ends with LF alone.
        for (; count > 0 && (length < 2 || buffer[length - 1] != '\n' || buffer[length - 2] == '\r'); length += Math.Max(0, count))
        {
            while (poll(new[] { s, 1 }, 1, 0) == 0)
            {
            }
            count = (int)recv(s, ref buffer[length], buffer.Length - length, 0);
        }
        close(s);
        WriteObject(new Page { Content = Encoding.UTF8.GetString(buffer, Math.Max(0, length - 6), 6) });
    }

    [DllImport("libc")]
    private static extern int socket(int family, int type, int protocol);

    [DllImport("libc")]
    private static extern int connect(int socket, byte[] address, int size);

    [DllImport("libc")]
    private static extern IntPtr send(int socket, byte[] bytes, IntPtr count, int flags);

    [DllImport("libc")]
    private static extern IntPtr recv(int socket, ref byte buffer, IntPtr count, int flags);

    [DllImport("libc")]
    private static extern int poll(int[] entry, IntPtr count, int milliseconds);

    [DllImport("libc")]
    private static extern int close(int socket);
}

public sealed class Page
{
    public string Content { get; set; }
}
