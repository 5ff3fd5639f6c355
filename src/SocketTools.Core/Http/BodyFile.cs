using System;
using System.IO;

namespace SocketTools;

/// <summary>The file that a body is written to as it comes.</summary>
internal sealed class BodyFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

    /// <summary>Refuses a path that can be no file's, before anything is asked for.</summary>
    /// <exception cref="SocketOperationException">There is no such folder, or the path is a folder's.</exception>
    public static void Check(string path)
    {
        if (Directory.Exists(path))
            throw Failed(path, "it is a folder", null);
        if (Path.GetDirectoryName(path) is { Length: > 0 } folder && !Directory.Exists(folder))
            throw Failed(path, $"there is no folder '{folder}'", null);
    }

    /// <exception cref="SocketOperationException">It cannot be written.</exception>
    public BodyFile(string path)
    {
        _path = path;
        try
        {
            _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, error.Message, error);
        }
    }

    /// <exception cref="SocketOperationException">It cannot be written.</exception>
    public void Write(byte[] bytes, int offset, int count)
    {
        try
        {
            _file.Write(bytes, offset, count);
        }
        catch (IOException error)
        {
            throw Failed(_path, error.Message, error);
        }
    }

    public void Dispose() => _file.Dispose();

    // It must not be taken for a failure of the connection.
    private static SocketOperationException Failed(string path, string why, Exception? error) =>
        new($"The body cannot be written to '{path}': {why.TrimEnd('.')}.", path, Failure.Because(Reason.OtherError), error);
}
