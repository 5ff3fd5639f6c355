using System;
using System.Linq;

namespace SocketTools.Tests;

/// <summary>The topic of states and reasons leaves none out.</summary>
public sealed class StatesTopicTests
{
    [Fact]
    public void Every_state_and_reason_has_its_row() => Assert.Equal(
        Enum.GetNames<PortState>().Concat(Enum.GetNames<Reason>()).Order(StringComparer.Ordinal),
        HelpPage.Of("about_SocketTools_States").TableRows.Select(static row => row[0]).Order(StringComparer.Ordinal));
}
