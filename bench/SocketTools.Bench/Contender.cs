using System;
using System.Collections.Generic;

namespace SocketTools.Bench;

/// <summary>One run of one tool: how long it took, and what it said of the end points that it named.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="States">By <c>address:port</c>: <c>open</c>, <c>closed</c> or <c>filtered</c>.</param>
internal sealed record Outcome(double Seconds, IReadOnlyDictionary<string, string> States);

/// <summary>A tool that can do a scene's work.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Missing">Why it cannot run here, or null.</param>
/// <param name="Run">Does the work; told which round it is.</param>
/// <param name="IsSlow">Whether it takes so long that it runs once only.</param>
internal sealed record Contender(string Name, string? Missing, Func<int, Outcome> Run, bool IsSlow = false);
