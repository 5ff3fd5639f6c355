using System;
using System.Globalization;

namespace SocketTools.Bench;

/// <summary>The table that sets what was measured against what is promised.</summary>
internal static class Promises
{
    public static void PrintHeading()
    {
        Console.WriteLine();
        Console.WriteLine("What is promised");
    }

    public static void Print(string what, double? measured, double atMost, string unit)
    {
        var figure = measured is { } value
            ? string.Create(CultureInfo.InvariantCulture, $"{value,7:0.00}") + $" {unit,-2}  {(value <= atMost ? "holds" : "does not hold")}"
            : "      -     not measured";
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-62} at most {atMost,6:0.##} {unit,-2}: {figure}"));
    }
}
