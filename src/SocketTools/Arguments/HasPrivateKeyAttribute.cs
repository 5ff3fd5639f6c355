using System;
using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;

namespace SocketTools.Arguments;

/// <summary>Refuses a certificate that its owner could not be shown to own.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HasPrivateKeyAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        if (arguments is X509Certificate2 { HasPrivateKey: false } certificate)
            throw new ValidationMetadataException($"The certificate '{certificate.Subject}' has no private key: load it together with its key, as from a PFX file.");
    }
}
