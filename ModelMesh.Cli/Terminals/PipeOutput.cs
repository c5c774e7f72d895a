using Microsoft.Win32.SafeHandles;

namespace ModelMesh.Cli.Terminals;

/// <summary>Standard output that is a pipe. .NET's own stream takes every write after its reader has gone as if all were well; this one throws <see cref="OutputGone"/>.</summary>
/// <param name="pipe">Unbuffered.</param>
/// <param name="console">The same output as .NET has it.</param>
internal sealed class PipeOutput(Stream pipe, Stream console) : Stream
{
    private const nint StandardOutput = 1;

    // Of Linux, macOS and the BSDs alike.
    private const int BrokenPipe = 32;

    // POSIX writes so many bytes whole or not at all, so that what failed can be written again.
    private const int Whole = 512;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The process's standard output, for as long as it runs.</summary>
    public static Stream Open()
    {
        var console = Console.OpenStandardOutput();
        if (OperatingSystem.IsWindows())
        {
            return console;
        }

        var pipe = new FileStream(new SafeFileHandle(StandardOutput, ownsHandle: false), FileAccess.Write, bufferSize: 0);

        // A file has no reader that could go. And a file stream keeps a place of its own in it: of two programs that write into one file the second would overwrite the first.
        return pipe.CanSeek ? console : new PipeOutput(pipe, console);
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        for (var rest = buffer; rest.Length > 0; rest = rest[Math.Min(rest.Length, Whole)..])
        {
            WritePart(rest[..Math.Min(rest.Length, Whole)]);
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is kept back.
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
            console.Dispose();
        }

        base.Dispose(disposing);
    }

    private void WritePart(ReadOnlySpan<byte> part)
    {
        try
        {
            pipe.Write(part);
        }
        catch (IOException exception) when (exception.HResult == BrokenPipe)
        {
            throw new OutputGone(exception);
        }
        catch (IOException)
        {
            // Full, and made non-blocking by another program that shares it: the console's stream waits until there is room.
            console.Write(part);
        }
    }
}
