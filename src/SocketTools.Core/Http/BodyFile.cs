using System;
using System.IO;

namespace SocketTools;

/// <summary>The file that a body is written to as it comes.</summary>
internal sealed class BodyFile : IDisposable
{
    private readonly string _path;
    private readonly FileStream _file;

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
            throw Failed(error);
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
            throw Failed(error);
        }
    }

    public void Dispose() => _file.Dispose();

    // It must not be taken for a failure of the connection.
    private SocketOperationException Failed(Exception error) =>
        new($"The body cannot be written to '{_path}': {error.Message}", _path, Failure.Because(Reason.OtherError), error);
}
