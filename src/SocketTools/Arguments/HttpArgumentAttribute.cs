using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads a part of an HTTP request from what people pass or pipe.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class HttpArgumentAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
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

    /// <summary>What the parameter holds.</summary>
    /// <exception cref="FormatException">Nothing can be made of it; the message says what is taken.</exception>
    protected abstract object Read(object value);

    /// <summary>A value, and all in it, without the engine's wrappers.</summary>
    protected static object? Unwrapped(object? value)
    {
        switch (value)
        {
            case PSObject wrapped:
                return Unwrapped(wrapped.BaseObject);
            case IDictionary dictionary:
                var copy = new OrderedDictionary();
                foreach (DictionaryEntry entry in dictionary)
                    copy.Add(Unwrapped(entry.Key)!, Unwrapped(entry.Value));
                return copy;
            case IEnumerable list and not (string or byte[]):
                return list.Cast<object?>().Select(Unwrapped).ToArray();
            default:
                return value;
        }
    }
}
