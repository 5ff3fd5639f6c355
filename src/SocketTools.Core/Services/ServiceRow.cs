using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;

namespace SocketTools;

/// <summary>
/// One line of a services file. What only few callers want, aliases and description, stays in the file's bytes until
/// it is asked for, so that a file of thousands of lines is ready at once.
/// </summary>
internal sealed class ServiceRow
{
    // Null for both tcp and udp.
    private readonly TransportProtocol? _protocol;

    private readonly byte[] _file;
    private readonly int _rest;
    private readonly int _end;

    public ServiceRow(
        string name,
        int firstPort,
        int lastPort,
        TransportProtocol? protocol,
        ServiceOrigin origin,
        byte[] file,
        int rest,
        int end)
    {
        Name = name;
        FirstPort = firstPort;
        LastPort = lastPort;
        _protocol = protocol;
        Origin = origin;
        _file = file;
        _rest = rest;
        _end = end;
    }

    public string Name { get; }

    public int FirstPort { get; }

    public int LastPort { get; }

    public ServiceOrigin Origin { get; }

    public bool Has(TransportProtocol protocol) => _protocol is null || _protocol == protocol;

    [MethodImpl(Compile.AtOnce)]
    public string[] ReadAliases()
    {
        List<string>? aliases = null;
        for (var at = ServicesFile.SkipBlanks(_file, _rest, _end); at < _end && _file[at] != '#';)
        {
            var start = at;
            at = ServicesFile.SkipField(_file, at, _end);
            (aliases ??= []).Add(Encoding.UTF8.GetString(_file, start, at - start));
            at = ServicesFile.SkipBlanks(_file, at, _end);
        }

        return aliases?.ToArray() ?? [];
    }

    public string ReadDescription()
    {
        var hash = Array.IndexOf(_file, (byte)'#', _rest, _end - _rest);
        return hash < 0 ? "" : Encoding.UTF8.GetString(_file, hash + 1, _end - hash - 1).Trim();
    }

    public IEnumerable<string> ReadNames() => ReadAliases().Prepend(Name);
}
