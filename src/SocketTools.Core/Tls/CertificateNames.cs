using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace SocketTools;

/// <summary>The names that a certificate is for (RFC 5280 section 4.2.1.6), and whether a server's is among them (RFC 9525).</summary>
internal sealed class CertificateNames
{
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int ObjectIdentifier = 6;

    private readonly List<string> _hosts = [];
    private readonly List<IPAddress> _addresses = [];
    private readonly List<string> _all = [];

    public CertificateNames(X509Certificate2 certificate)
    {
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value == SubjectAlternativeName)
                Read(extension.RawData);
        }
    }

    /// <summary>All of them, as text: names and addresses as they are, others, and names that look like addresses, after their kind and a colon.</summary>
    public IReadOnlyList<string> All => _all;

    // A DNS name that looks like an address is for no address.
    private static string NameOf(string host) => (HostTarget.TryParseAddress(host, out _) ? "DNS:" : "") + PrintableText.Of(host);

    /// <summary>Whether the certificate is for a server of that name or address. The subject's common name does not count.</summary>
    public bool Match(string serverName)
    {
        var name = serverName.TrimEnd('.');
        if (HostTarget.TryParseAddress(name.Split('%')[0], out var address))
            return _addresses.Any(own => own.GetAddressBytes().SequenceEqual(address.GetAddressBytes()));
        try
        {
            var labels = HostTarget.ToAscii(name).Split('.');
            return _hosts.Any(pattern => Matches(pattern.TrimEnd('.').Split('.'), labels));
        }
        catch (ArgumentException)
        {
            // What cannot be written in the DNS can be in no certificate.
            return false;
        }
    }

    // A wildcard stands for the whole of the first label, and for that alone (RFC 9525 section 6.3).
    private static bool Matches(string[] pattern, string[] labels) =>
        pattern.Length == labels.Length &&
        (string.Equals(pattern[0], labels[0], StringComparison.OrdinalIgnoreCase) || (pattern[0] == "*" && labels.Length > 1 && labels[0].Length > 0)) &&
        pattern.Skip(1).SequenceEqual(labels.Skip(1), StringComparer.OrdinalIgnoreCase);

    private void Read(byte[] der)
    {
        try
        {
            foreach (var (tag, content) in DerReader.Elements(der).SelectMany(static sequence => DerReader.Elements(sequence.Content)))
                Add(tag, content);
        }
        catch (Exception error) when (error is FormatException or CryptographicException)
        {
            // The names after a broken one are nobody's.
        }
    }

    private void Add(int tag, byte[] content)
    {
        switch (tag)
        {
            case 0x82:
                _hosts.Add(Encoding.ASCII.GetString(content));
                _all.Add(NameOf(_hosts[_hosts.Count - 1]));
                break;
            case 0x87 when content.Length is 4 or 16:
                _addresses.Add(new IPAddress(content));
                _all.Add(_addresses[_addresses.Count - 1].ToString());
                break;
            case 0x81 or 0x86:
                _all.Add($"{(tag == 0x81 ? "email" : "URI")}:{PrintableText.Of(Encoding.ASCII.GetString(content))}");
                break;
            case 0xA4:
                _all.Add($"DirName:{PrintableText.Of(new X500DistinguishedName(content).Name)}");
                break;
            case 0x88:
                _all.Add($"RID:{DerReader.ObjectIdentifier(content)}");
                break;
            case 0xA0 when DerReader.Elements(content).FirstOrDefault() is (ObjectIdentifier, { } kind):
                _all.Add($"otherName:{DerReader.ObjectIdentifier(kind)}");
                break;
        }
    }
}
