using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Net;

namespace SocketTools.Arguments;

/// <summary>Reads hosts from what people pass or pipe: text, addresses, URLs, end points, and lists of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class HostSetArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The properties of a piped object that name its host: the parameter's name and its aliases.</summary>
    public static readonly string[] PropertyNames =
        ["ComputerName", "Cn", "HostName", "IPAddress", "DNSHostName", "RemoteAddress", "Host"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        // An object that names its host in a property is left to the binder, which takes the property.
        if (inputData is PSObject { BaseObject: not (string or IEnumerable) } piped && !IsHost(piped.BaseObject) && HostPropertyOf(piped) is not null)
            return inputData;
        try
        {
            return Read(inputData);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private static bool IsHost(object value) => value is HostSet or IPAddress or Uri or EndPoint;

    private static string? HostPropertyOf(PSObject piped) => PropertyNames.FirstOrDefault(name => piped.Properties[name] is not null);

    private static HostSet Read(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Read(wrapped.BaseObject),
        HostSet hosts => hosts,
        string text => HostSet.Parse(text),
        IPAddress address => HostSet.Parse(address.ToString()),
        Uri { IsAbsoluteUri: true } url => HostSet.Parse(url.AbsoluteUri),
        IPEndPoint endPoint => HostSet.Parse(endPoint.ToString()),
        DnsEndPoint endPoint => HostSet.Parse($"{endPoint.Host}:{endPoint.Port}"),
        null => throw new FormatException("A host is null. " + HostSet.Accepted),
        IDictionary => throw Refused("A hashtable"),
        IEnumerable list => HostSet.Join(list.Cast<object?>().Select(Read)),
        PSObject custom => throw Refused($"An object with the properties {string.Join(", ", custom.Properties.Select(static p => p.Name))}"),
        _ => throw Refused($"A {value.GetType().Name}"),
    };

    private static FormatException Refused(string what) =>
        new($"{what} is not a host. {HostSet.Accepted} From the pipeline, an object's property {string.Join(", ", PropertyNames)} is taken.");
}
