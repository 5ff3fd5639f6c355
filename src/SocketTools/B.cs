using System.Management.Automation;
namespace SocketTools.Commands;
/// <summary>x</summary>
[Cmdlet(VerbsDiagnostic.Test, "TcpPort")]
public sealed class TestTcpPortCommand : PSCmdlet
{
    /// <summary>x</summary>
    protected override void EndProcessing() => WriteObject(new A(3));
}
