using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace SocketTools;

/// <summary>Makes Windows tell at once what it learns of a connect; other systems do by themselves.</summary>
internal static class WindowsConnect
{
    private const int InitialRoundTrip = unchecked((int)0x98000011); // SIO_TCP_INITIAL_RTO
    private const SocketOptionName FailOnIcmpError = (SocketOptionName)18; // TCP_FAIL_CONNECT_ON_ICMP_ERROR

    // TCP_INITIAL_RTO_PARAMETERS: the round trip unspecified, no SYN sent again. Windows sends one again even after the
    // host has refused it, and tells of the refusal two seconds late.
    private static readonly byte[] NoSecondSyn = [0xFF, 0xFF, 0xFE, 0x00];

    public static void TellAtOnce(Socket socket)
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
            return;
        try
        {
            socket.IOControl(InitialRoundTrip, NoSecondSyn, null);
            socket.SetSocketOption(SocketOptionLevel.Tcp, FailOnIcmpError, 1);
        }
        catch (SocketException)
        {
            // A Windows that does not know the option: the answer is the same, only later.
        }
    }
}
