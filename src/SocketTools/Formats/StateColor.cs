using System;
using System.Collections.Generic;
using System.Globalization;

namespace SocketTools.Formats;

/// <summary>The colours of the views: what a state looks like on a screen. Properties stay plain.</summary>
public static class StateColor
{
    private const string Good = "\u001b[32m";
    private const string Bad = "\u001b[31m";
    private const string Doubtful = "\u001b[33m";
    private const string Unknown = "\u001b[35m";
    private const string Reset = "\u001b[0m";

    private const int SoonDays = 30;
    private const int UrgentDays = 7;

    // By word, so that an object from a file or another session, whose enums are text, looks the same. What is not here is plain.
    private static readonly Dictionary<string, string> Colors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Open"] = Good,
        ["Up"] = Good,
        ["Running"] = Good,
        ["Accepted"] = Good,
        ["True"] = Good,
        ["Closed"] = Bad,
        ["Down"] = Bad,
        ["Stopped"] = Bad,
        ["Failed"] = Bad,
        ["HandlerFailed"] = Bad,
        ["TargetFailed"] = Bad,
        ["TlsFailed"] = Bad,
        ["High"] = Bad,
        ["False"] = Bad,
        ["Filtered"] = Doubtful,
        ["OpenOrFiltered"] = Doubtful,
        ["Draining"] = Doubtful,
        ["Refusing"] = Doubtful,
        ["TimedOut"] = Doubtful,
        ["IdleTimeout"] = Doubtful,
        ["LimitExceeded"] = Doubtful,
        ["ClientReset"] = Doubtful,
        ["Fault"] = Doubtful,
        ["Medium"] = Doubtful,
        ["Warning"] = Doubtful,
        ["Unknown"] = Unknown,
        ["NotTried"] = Unknown,
    };

    /// <summary>A state in its colour.</summary>
    public static string Of(object? state) => Of(state, state);

    /// <summary>A text in the colour of a state.</summary>
    public static string Of(object? text, object? state)
    {
        var plain = text?.ToString() ?? "";
        return plain.Length > 0 && ColoredOutput.IsWanted && Colors.TryGetValue(state?.ToString() ?? "", out var color)
            ? color + plain + Reset
            : plain;
    }

    /// <summary>The days that a certificate has left, in a colour that warns when they are few.</summary>
    public static string OfDaysLeft(int? days) =>
        Of(days?.ToString(CultureInfo.CurrentCulture), days < UrgentDays ? "Failed" : days < SoonDays ? "Warning" : "Open");

    /// <summary>A text in the colour of an HTTP status.</summary>
    public static string OfStatus(object? text, int status) =>
        Of(text, status >= 500 ? "Failed" : status >= 400 ? "Warning" : status is >= 200 and < 300 ? "Open" : null);

    /// <summary>A text in the colour of a share of lost packets.</summary>
    public static string OfLoss(object? text, double? percent) => Of(text, percent >= 100 ? "Failed" : percent > 0 ? "Warning" : null);

    /// <summary>What a server said to a version of TLS: that it accepts what RFC 8996 and RFC 7568 took out of use is a warning.</summary>
    public static string OfProtocol(object? state, object? protocol) =>
        Of(state, state?.ToString() == "Accepted" && protocol?.ToString() is "Ssl3" or "Tls10" or "Tls11" ? "Warning" : state);
}
