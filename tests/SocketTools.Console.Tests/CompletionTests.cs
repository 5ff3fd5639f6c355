using System;
using System.Threading.Tasks;

namespace SocketTools.Runner.Tests;

/// <summary>What Tab and the keys of PSReadLine's menu offer in a terminal.</summary>
public sealed class CompletionTests : IAsyncLifetime
{
    private Terminal _terminal = null!;

    public async ValueTask InitializeAsync()
    {
        _terminal = await Terminal.StartAsync(
            "-NoProfile", "-NoExit", "-Command",
            "Set-PSReadLineOption -PredictionSource None; Set-PSReadLineKeyHandler -Key F2 -Function MenuComplete");
        await _terminal.WaitForPromptAsync();
    }

    [Fact]
    public async Task Tab_CompletesCmdletsParametersAndTheirValues()
    {
        await CompleteAsync("Test-Tc", "> Test-TcpPort");
        await CompleteAsync("Test-TcpPort localhost -Tim", "> Test-TcpPort localhost -TimeoutMilliseconds");
        await CompleteAsync("Test-TcpPort localhost postgres", "> Test-TcpPort localhost postgresql");
        await CompleteAsync("Test-TcpPort localh", "> Test-TcpPort localhost");
        await CompleteAsync("Test-TcpPort localhost -State Fil", "> Test-TcpPort localhost -State Filtered");
    }

    [Fact]
    public async Task Menu_ShowsWhatCanFollow_WithTheTooltipOfTheChoice()
    {
        await _terminal.TypeAsync("Find-OpenPort localhost -Port http");
        await _terminal.PressAsync("F2");
        var screen = await _terminal.WaitForAsync("80 Tcp");
        Assert.Contains(screen, line => line.StartsWith("http ", StringComparison.Ordinal));
        Assert.Contains(screen, line => line.StartsWith("https ", StringComparison.Ordinal));
        await _terminal.PressAsync("Right", "Escape");
        await CancelAsync();

        await _terminal.TypeAsync("Test-UdpPort localhost 53 -Probe ");
        await _terminal.PressAsync("F2");
        screen = await _terminal.WaitForLineAsync("BACnet", line => line.StartsWith("BACnet ", StringComparison.Ordinal));
        Assert.Contains(screen, line => line.Contains(" NTP ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Help_OfAParameter_IsShownInPlace()
    {
        await _terminal.TypeAsync("Test-TcpPort localhost -TimeoutMilliseconds");
        // Alt+h.
        await _terminal.PressAsync("M-h");
        var screen = await _terminal.WaitForAsync("-TimeoutMilliseconds <");
        Assert.True(screen.Length > 3, string.Join('\n', screen));
    }

    public async ValueTask DisposeAsync()
    {
        if (_terminal is not null)
            await _terminal.DisposeAsync();
    }

    private async Task CompleteAsync(string typed, string completed)
    {
        await _terminal.TypeAsync(typed);
        await _terminal.PressAsync("Tab");
        await _terminal.WaitForLineAsync(completed, line => line.EndsWith(completed, StringComparison.Ordinal));
        await CancelAsync();
    }

    private async Task CancelAsync()
    {
        await _terminal.PressAsync("C-c");
        await _terminal.WaitForPromptAsync();
        await _terminal.ClearAsync();
        await _terminal.WaitForPromptAsync();
    }
}
