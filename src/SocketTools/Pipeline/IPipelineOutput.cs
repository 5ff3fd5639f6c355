using System.Management.Automation;
using System.Threading.Tasks;

namespace SocketTools.Pipeline;

/// <summary>Where work on other threads hands over what the pipeline is to write.</summary>
internal interface IPipelineOutput
{
    /// <summary>Hands over a record. The task ends when there is room for more: a slow consumer slows its producers.</summary>
    Task WriteAsync(object record);

    void Error(ErrorRecord error);

    void Warning(string message);

    void Verbose(string message);

    /// <summary>Says something on the screen, beside the output, as Write-Host does.</summary>
    void Tell(string message);

    /// <summary>Shows how far the work is; only the newest record counts.</summary>
    void Progress(ProgressRecord progress);
}
