using System;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Refuses a parameter at binding where this build of the module cannot do what it asks for.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class NewerPowerShellAttribute : ValidateArgumentsAttribute
{
    private readonly bool _isSupported;

    public NewerPowerShellAttribute(bool isSupported) => _isSupported = isSupported;

    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (!_isSupported)
            throw new ValidationMetadataException("It needs PowerShell 7.4 or later.");
    }
}
