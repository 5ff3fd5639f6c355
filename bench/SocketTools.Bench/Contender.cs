using System;
using System.Collections.Generic;

namespace SocketTools.Bench;

/// <summary>One run of one tool: how long it took, and the open end points that it named.</summary>
internal sealed record Outcome(double Seconds, HashSet<string> Open);

/// <summary>A tool that can do a scene's work.</summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Missing">Why it cannot run here, or null.</param>
/// <param name="Run">Does the work once.</param>
internal sealed record Contender(string Name, string? Missing, Func<Outcome> Run);
