using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;

namespace SocketTools.Arguments;

/// <summary>Reads a parameter's value from what people pass or pipe, and refuses the rest at binding.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class ParsedArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>The properties of a piped object that the binder takes the value from: the parameter's name and aliases.</summary>
    protected abstract string[] PropertyNames { get; }

    /// <inheritdoc/>
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        // What is returned as it came does not fit the parameter's type, so that the binder goes on to the properties.
        if (inputData is PSObject piped && !IsValue(piped.BaseObject) && HasProperty(piped))
            return inputData;
        try
        {
            return inputData is null ? ReadNull() : Read(inputData);
        }
        catch (FormatException error)
        {
            throw new ArgumentTransformationMetadataException(error.Message, error);
        }
    }

    private bool HasProperty(PSObject piped) => PropertyNames.Any(name => piped.Properties[name] is not null);

    /// <summary>Whether an object is itself a value, although it has such a property.</summary>
    protected virtual bool IsValue(object value) => value is IConvertible or IEnumerable;

    /// <summary>What the parameter holds.</summary>
    /// <exception cref="FormatException">Nothing can be made of it; the message says what is taken.</exception>
    protected abstract object? Read(object value);

    /// <summary>What the parameter holds when it was given null, as by a variable that was never set.</summary>
    /// <exception cref="FormatException">Nothing can be made of it; the message says what is taken.</exception>
    protected virtual object? ReadNull() => null;

    /// <summary>A value, and all in it, without the engine's wrappers.</summary>
    protected static object? Unwrapped(object? value)
    {
        switch (value)
        {
            case PSObject { BaseObject: not PSCustomObject } wrapped:
                return Unwrapped(wrapped.BaseObject);
            case IDictionary dictionary:
                var copy = new OrderedDictionary();
                foreach (DictionaryEntry entry in dictionary)
                    copy.Add(Unwrapped(entry.Key)!, Unwrapped(entry.Value));
                return copy;
            case IEnumerable list and not (string or byte[] or HostSet or PortSet):
                return list.Cast<object?>().Select(Unwrapped).ToArray();
            default:
                return value;
        }
    }

    /// <summary>What a refused value is, for the error.</summary>
    protected static string Name(object? value) => value switch
    {
        null => "Null",
        IDictionary => "A hashtable",
        PSObject { BaseObject: PSCustomObject } custom => $"An object with the properties {string.Join(", ", custom.Properties.Select(static p => p.Name))}",
        PSObject wrapped => Name(wrapped.BaseObject),
        _ => $"A {value.GetType().Name}",
    };
}
