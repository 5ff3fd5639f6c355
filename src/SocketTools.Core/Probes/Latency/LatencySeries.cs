using System;
using System.Collections.Generic;
using System.Linq;

namespace SocketTools;

/// <summary>The samples of one target, as far as they have ended.</summary>
internal sealed class LatencySeries
{
    private readonly object _gate = new();
    private readonly List<LatencyAnswer?> _answers = [];
    private readonly DateTime _created = DateTime.UtcNow;
    private readonly string _computerName;
    private readonly int _port;
    private string? _address;

    public LatencySeries(string computerName, int port)
    {
        _computerName = computerName;
        _port = port;
    }

    /// <summary>Keeps a sample.</summary>
    /// <param name="address">The address that was measured; null when there is none.</param>
    /// <param name="sequence">The sample's number, from 1.</param>
    /// <param name="answer">How it ended.</param>
    public LatencySample Add(string? address, int sequence, LatencyAnswer answer)
    {
        lock (_gate)
        {
            _address = address;
            while (_answers.Count < sequence)
                _answers.Add(null);
            _answers[sequence - 1] = answer;
        }
        return new LatencySample(_computerName, address, _port, sequence, answer);
    }

    /// <summary>What the samples that have ended amount to.</summary>
    public LatencyStatistics ToStatistics()
    {
        LatencyAnswer[] ended;
        string? address;
        lock (_gate)
        {
            ended = [.. _answers.OfType<LatencyAnswer>()];
            address = _address;
        }
        var telling = ended.FirstOrDefault();
        foreach (var answer in ended)
            telling = PortStates.TellsMore(answer.State, telling.State) ? answer : telling;
        return new LatencyStatistics(
            _computerName,
            address,
            _port,
            telling.State,
            telling.Why.Reason,
            [.. ended.Where(static answer => answer.WasSent).Select(static answer => answer.LatencyMs)],
            ended.Length == 0 ? _created : ended[0].Timestamp);
    }
}
