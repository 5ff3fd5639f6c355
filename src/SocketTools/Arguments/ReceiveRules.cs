using System;
using System.Text;
using System.Text.RegularExpressions;

namespace SocketTools.Arguments;

/// <summary>The rule that -Line, -Until, -Length and -ToEnd ask for; without any of them, whatever comes.</summary>
internal static class ReceiveRules
{
    public const int DefaultMaximumBytes = 16 * 1024 * 1024;

    public static ReceiveRule Of(bool line, object? until, int? length, bool toEnd, Encoding encoding, int milliseconds) => until switch
    {
        string text => new DelimiterRule(encoding.GetBytes(text)),
        byte[] bytes => new DelimiterRule(bytes),
        // A pattern can take for ever to match; it has no longer than the rest.
        Regex pattern => new PatternRule(new Regex(pattern.ToString(), pattern.Options, TimeSpan.FromMilliseconds(milliseconds)), encoding),
        _ => line ? new LineRule(encoding) : length is { } count ? new LengthRule(count) : toEnd ? new ToEndRule() : new AnythingRule(),
    };
}
