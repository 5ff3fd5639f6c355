using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads ports from what people pass or pipe: numbers, ranges, service names, and lists of them.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PortSetArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            return inputData is null ? null : Read(inputData);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private static PortSet Read(object? value) => value switch
    {
        PSObject wrapped when wrapped.BaseObject is not PSCustomObject => Read(wrapped.BaseObject),
        PortSet ports => ports,
        string text => PortSet.Parse(text),
        int number => PortSet.Of(number),
        ServiceInfo service => PortSet.Of(service.Port),
        byte or sbyte or short or ushort or uint or long or ulong or float or double or decimal => PortSet.Parse(Whole(value)),
        IEnumerable list and not IDictionary => PortSet.Join(list.Cast<object?>().Select(Read)),
        null => throw new FormatException("A port is null. " + PortSet.Accepted),
        _ => throw new FormatException($"A {value.GetType().Name} is not a port. {PortSet.Accepted}"),
    };

    private static string Whole(object number) => ((IFormattable)number).ToString(null, CultureInfo.InvariantCulture);
}
