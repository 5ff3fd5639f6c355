using System;
using System.Collections.Generic;
using System.IO;

namespace SocketTools;

/// <summary>Reads the records of a message. What implements it is built on a library that is loaded apart from all else, on
/// first use: no type of the library passes through here.</summary>
internal interface IDnsMessageReader
{
    /// <summary>The records of the answer section that are of a known type, in order.</summary>
    /// <param name="message">A message, from its first byte to its last.</param>
    /// <exception cref="FormatException">The message is broken.</exception>
    IReadOnlyList<DnsRecordData> ReadAnswers(byte[] message);
}

/// <summary>Where the reader comes from.</summary>
internal static class DnsLibrary
{
    private static readonly Lazy<IDnsMessageReader> Loaded = new(static () =>
        (IDnsMessageReader)PrivateLibrary.Create("dns", "SocketTools.Dns", "SocketTools.LibraryMessageReader"));

    /// <exception cref="FileNotFoundException">The module's folder is not whole.</exception>
    public static IDnsMessageReader Reader => Loaded.Value;
}
