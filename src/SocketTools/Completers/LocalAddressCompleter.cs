using System.Collections.Generic;
using System.Linq;
using System.Net.NetworkInformation;

namespace SocketTools.Completers;

/// <summary>Completes the addresses of this computer, with the name of the interface as tool tip.</summary>
public sealed class LocalAddressCompleter : WordCompleter
{
    private protected override IEnumerable<Candidate> Words =>
        from card in NetworkInterface.GetAllNetworkInterfaces()
        from address in card.GetIPProperties().UnicastAddresses
        select new Candidate(address.Address.ToString(), card.Name);
}
