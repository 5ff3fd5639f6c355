using System;
using System.Collections.Generic;
using DnsClient;

namespace SocketTools;

/// <summary>Reads messages with DnsClient's reader: numbers, addresses, and names with their compression (RFC 1035 section 4.1.4).</summary>
/// <remarks>Only messages are left to the library. Its client believes whoever answers first with the right id, from any address and
/// to any question.</remarks>
internal sealed class LibraryMessageReader : IDnsMessageReader
{
    private const int QuestionsAt = 4;
    private const int HeaderBytes = 12;
    private const int Internet = 1;

    /// <inheritdoc/>
    public IReadOnlyList<DnsRecordData> ReadAnswers(byte[] message)
    {
        try
        {
            var reader = new DnsDatagramReader(new ArraySegment<byte>(message), QuestionsAt);
            var questions = reader.ReadUInt16NetworkOrder();
            var answers = reader.ReadUInt16NetworkOrder();
            reader.Advance(HeaderBytes - reader.Index);
            for (var i = 0; i < questions; i++)
            {
                ReadName(reader);
                reader.Advance(4);
            }
            var records = new List<DnsRecordData>();
            for (var i = 0; i < answers; i++)
            {
                if (ReadRecord(reader) is { } record)
                    records.Add(record);
            }
            return records;
        }
        catch (Exception error) when (error is DnsResponseParseException or ArgumentException or IndexOutOfRangeException)
        {
            throw new FormatException("The message ends too early, or points outside itself.", error);
        }
    }

    private static DnsRecordData? ReadRecord(DnsDatagramReader reader)
    {
        var name = ReadName(reader);
        var type = (DnsRecordType)reader.ReadUInt16NetworkOrder();
        var isInternet = reader.ReadUInt16NetworkOrder() == Internet;
        var seconds = reader.ReadUInt32NetworkOrder();
        var length = reader.ReadUInt16NetworkOrder();
        var end = reader.Index + length;
        var record = isInternet && IsKnown(type) ? ReadData(reader, new DnsRecordData(name, type, Seconds(seconds)), end) : null;
        if (record is null)
            reader.Advance(length);
        return reader.Index == end ? record : throw new FormatException("A record is not as long as it says.");
    }

    private static DnsRecordData ReadData(DnsDatagramReader reader, DnsRecordData record, int end) => record.Type switch
    {
        DnsRecordType.A => record with { Address = reader.ReadIPAddress() },
        DnsRecordType.AAAA => record with { Address = reader.ReadIPv6Address() },
        DnsRecordType.MX => record with { Preference = reader.ReadUInt16NetworkOrder(), Target = ReadName(reader) },
        DnsRecordType.SRV => record with
        {
            Priority = reader.ReadUInt16NetworkOrder(),
            Weight = reader.ReadUInt16NetworkOrder(),
            Port = reader.ReadUInt16NetworkOrder(),
            Target = ReadName(reader),
        },
        DnsRecordType.SOA => record with
        {
            Target = ReadName(reader),
            ResponsibleMailbox = ReadName(reader),
            SerialNumber = reader.ReadUInt32NetworkOrder(),
            RefreshSeconds = reader.ReadUInt32NetworkOrder(),
            RetrySeconds = reader.ReadUInt32NetworkOrder(),
            ExpireSeconds = reader.ReadUInt32NetworkOrder(),
            MinimumSeconds = reader.ReadUInt32NetworkOrder(),
        },
        DnsRecordType.TXT => record with { Strings = ReadStrings(reader, end) },
        DnsRecordType.CAA => record with
        {
            Flags = reader.ReadByte(),
            Tag = reader.ReadStringWithLengthPrefix(),
            Value = Bytes(reader, end - reader.Index),
        },
        _ => record with { Target = ReadName(reader) },
    };

    private static bool IsKnown(DnsRecordType type) => type
        is DnsRecordType.A or DnsRecordType.NS or DnsRecordType.CNAME or DnsRecordType.SOA or DnsRecordType.PTR
        or DnsRecordType.MX or DnsRecordType.TXT or DnsRecordType.AAAA or DnsRecordType.SRV or DnsRecordType.CAA;

    private static string ReadName(DnsDatagramReader reader) => DnsName.FromLabels(reader.ReadLabels());

    private static List<byte[]> ReadStrings(DnsDatagramReader reader, int end)
    {
        var strings = new List<byte[]>();
        while (reader.Index < end)
            strings.Add(Bytes(reader, reader.ReadByte()));
        return strings;
    }

    private static byte[] Bytes(DnsDatagramReader reader, int count)
    {
        var part = reader.ReadBytes(count);
        var bytes = new byte[part.Count];
        Buffer.BlockCopy(part.Array!, part.Offset, bytes, 0, bytes.Length);
        return bytes;
    }

    // A value with the highest bit is zero (RFC 2181 section 8).
    private static int Seconds(uint value) => value > int.MaxValue ? 0 : (int)value;
}
