using System.Globalization;
using System.Text;

namespace ModelMesh.Cli.Terminals;

/// <summary>The process's own console.</summary>
internal sealed class SystemTerminal(Interrupts interrupts, TimeProvider time) : ITerminal
{
    // Wide enough that no table of ours is cut where a program reads it.
    private const int Unlimited = 4_000;
    private const int DefaultHeight = 24;

    private static readonly TimeSpan KeyPoll = TimeSpan.FromMilliseconds(15);

    public TextWriter Out { get; } = Console.IsOutputRedirected
        ? new StreamWriter(PipeOutput.Open(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 4_096) { AutoFlush = true }
        : Console.Out;

    public TextWriter Error => Console.Error;

    public TextReader In => new InterruptibleReader(Console.In);

    public bool IsInputRedirected => Console.IsInputRedirected;

    public bool IsOutputRedirected => Console.IsOutputRedirected;

    public bool IsErrorRedirected => Console.IsErrorRedirected;

    public int Width => int.TryParse(Environment.GetEnvironmentVariable("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0 && IsOutputRedirected
        ? columns
        : IsOutputRedirected ? Unlimited : Math.Max(Console.WindowWidth, 20);

    public int Height => IsOutputRedirected ? DefaultHeight : Math.Max(Console.WindowHeight, 5);

    public async Task<ConsoleKeyInfo?> ReadKeyAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        var since = time.GetTimestamp();
        while (!Console.KeyAvailable)
        {
            if (time.GetElapsedTime(since) >= wait)
            {
                return null;
            }

            await Task.Delay(KeyPoll, time, cancellationToken);
        }

        return Console.ReadKey(intercept: true);
    }

    public IDisposable OnInterrupt(Action handler) => interrupts.On(handler);
}
