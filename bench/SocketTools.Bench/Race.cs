using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace SocketTools.Bench;

/// <summary>Tools that do the same work by turns, one after the other in each round; the medians of their times, and how often
/// they were wrong.</summary>
internal sealed class Race
{
    private readonly string _name;
    private readonly string _limit;
    private readonly Contender[] _contenders;
    private readonly Dictionary<string, List<double>> _seconds;
    private readonly Dictionary<string, int> _wrong;

    /// <param name="name">The heading.</param>
    /// <param name="contenders">The tools.</param>
    /// <param name="limit">The one that shows what can be had.</param>
    public Race(string name, IEnumerable<Contender> contenders, string limit = LimitProgram.Name)
    {
        _name = name;
        _limit = limit;
        _contenders = [.. contenders];
        _seconds = _contenders.ToDictionary(static c => c.Name, static _ => new List<double>());
        _wrong = _contenders.ToDictionary(static c => c.Name, static _ => 0);
    }

    /// <summary>Runs every tool as often as asked, and prints.</summary>
    /// <param name="rounds">How often.</param>
    /// <param name="judge">Looks at the world, lets the tool run, looks again, and counts the wrong answers.</param>
    public Race Run(int rounds, Func<Func<Outcome>, (Outcome Outcome, int Wrong)> judge)
    {
        for (var round = 1; round <= rounds; round++)
        {
            foreach (var contender in _contenders.Where(c => c.Missing is null && (round == 1 || !c.IsSlow)))
            {
                var (outcome, wrong) = judge(() => contender.Run(round));
                _seconds[contender.Name].Add(outcome.Seconds);
                _wrong[contender.Name] += wrong;
            }
        }
        Print();
        return this;
    }

    /// <summary>The median of a tool's times, or null when it did not run.</summary>
    public double? Seconds(string contender) =>
        _seconds.TryGetValue(contender, out var seconds) && seconds.Count > 0 ? seconds.Order().ElementAt(seconds.Count / 2) : null;

    /// <summary>How many answers of a tool were wrong in all rounds, or null when it did not run.</summary>
    public int? Wrong(string contender) => Seconds(contender) is null ? null : _wrong[contender];

    /// <summary>How much longer one tool took than another.</summary>
    public double? Ratio(string contender, string to) => Seconds(contender) / Seconds(to);

    private void Print()
    {
        Console.WriteLine();
        Console.WriteLine(_name);
        foreach (var contender in _contenders)
            Console.WriteLine($"  {contender.Name,-44}{Line(contender)}");
    }

    private string Line(Contender contender)
    {
        if (contender.Missing is not null)
            return $" not run: {contender.Missing}";
        var limit = Ratio(contender.Name, _limit);
        var ratio = limit is null ? "" : string.Create(CultureInfo.InvariantCulture, $"{limit,7:0.00} x the limit");
        var once = contender.IsSlow ? ", one run" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Seconds(contender.Name),8:0.000} s{ratio} {_wrong[contender.Name],4} wrong{once}");
    }
}
