using System;
using System.IO;
using System.Reflection;
#if NET
using System.Runtime.Loader;
#endif

namespace SocketTools;

/// <summary>Loads a library of the module, with what it needs, from a folder of its own beside this assembly, so that it never
/// meets the copy of another module: on .NET in a load context of its own, on .NET Framework without any context.</summary>
internal static class PrivateLibrary
{
    private static readonly Assembly Core = typeof(PrivateLibrary).Assembly;

    /// <summary>Makes an object of a type that has a constructor without parameters.</summary>
    /// <param name="folder">The folder's name, which is the name of the context as well.</param>
    /// <param name="assembly">The assembly's name; of all others, only those in the folder and this one are private.</param>
    /// <param name="type">The type's full name.</param>
    public static object Create(string folder, string assembly, string type)
    {
        var path = Path.Combine(Path.GetDirectoryName(Core.Location)!, folder);
        return Activator.CreateInstance(Load(path, assembly).GetType(type, throwOnError: true)!)!;
    }

#if NET
    private static Assembly Load(string folder, string assembly) => new Context(folder).LoadFromAssemblyName(new AssemblyName(assembly));

    private sealed class Context : AssemblyLoadContext
    {
        private readonly string _folder;

        public Context(string folder)
            : base("SocketTools." + Path.GetFileName(folder)) => _folder = folder;

        // What is found nowhere here is the runtime's own.
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name == Core.GetName().Name)
                return Core;
            var file = Path.Combine(_folder, assemblyName.Name + ".dll");
            return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
        }
    }
#else
    private static Assembly Load(string folder, string assembly)
    {
        AppDomain.CurrentDomain.AssemblyResolve += (_, request) => Find(folder, request);
        return Assembly.LoadFile(Path.Combine(folder, assembly + ".dll"));
    }

    // Only for what lies in the folder itself: others find what they need without it.
    private static Assembly? Find(string folder, ResolveEventArgs request)
    {
        if (request.RequestingAssembly is not { IsDynamic: false } asking || Path.GetDirectoryName(asking.Location) != folder)
            return null;
        var name = new AssemblyName(request.Name).Name;
        if (name == Core.GetName().Name)
            return Core;
        var file = Path.Combine(folder, name + ".dll");
        return File.Exists(file) ? Assembly.LoadFile(file) : null;
    }
#endif
}
