using System.CommandLine;
using ModelMesh.Cli.Http;
using ModelMesh.Cli.Terminals;
using Spectre.Console;

namespace ModelMesh.Cli.Running;

/// <summary>What a command works with during one run.</summary>
internal sealed class CommandContext : IDisposable
{
    private readonly Lazy<RegistryClient> _registry;
    private readonly Lazy<GatewayClient> _gateway;

    public CommandContext(ParseResult arguments, MeshRoot root)
    {
        var options = root.Globals;
        Arguments = arguments;
        Host = root.Host;
        Json = arguments.GetValue(options.Json);
        HasColor = options.HasColor(arguments, Host);
        Console = TerminalOutput.Console(Terminal.IsOutputRedirected ? new TrimmedLines(Terminal.Out) : Terminal.Out, ansi: !Terminal.IsOutputRedirected, HasColor, Terminal.Width, Terminal.Height);
        _registry = new(() => new RegistryClient(new ApiConnection("registry", options.RegistryAddress(arguments, Host), key: null, options.AnswerTimeout(arguments), Time)));
        _gateway = new(() => new GatewayClient(new ApiConnection("gateway", options.GatewayAddress(arguments, Host), options.Key(arguments, Host), options.AnswerTimeout(arguments), Time)));
    }

    public ParseResult Arguments { get; }

    public CliHost Host { get; }

    public ITerminal Terminal => Host.Terminal;

    public TimeProvider Time => Host.Time;

    /// <summary>Whether the output is for programs.</summary>
    public bool Json { get; }

    public bool HasColor { get; }

    /// <summary>Standard output, for people.</summary>
    public IAnsiConsole Console { get; }

    public RegistryClient Registry => _registry.Value;

    public GatewayClient Gateway => _gateway.Value;

    /// <summary>Whether a person can be asked and shown things that move.</summary>
    public bool IsInteractive => !Terminal.IsInputRedirected && !Terminal.IsOutputRedirected;

    public T? Get<T>(Option<T> option) => Arguments.GetValue(option);

    public T Get<T>(Argument<T> argument) => Arguments.GetRequiredValue(argument);

    /// <summary>Whether the command line says it, as against a default.</summary>
    public bool Has(Option option) => Arguments.GetResult(option) is { Implicit: false };

    /// <summary>One JSON document as a line or lines of its own, just as it came.</summary>
    public void PrintJson(string json) => Terminal.Out.WriteLine(json.TrimEnd('\r', '\n'));

    /// <summary>Prints an answer: as it came where JSON is wanted, else as the command shows it to people.</summary>
    public void Print(ApiAnswer answer, Action show)
    {
        if (!Json)
        {
            show();
        }
        else if (answer.Body.Length > 0)
        {
            PrintJson(answer.Text);
        }
    }

    /// <summary>A plain line on standard output, for people.</summary>
    public void Say(string line)
    {
        if (!Json)
        {
            Terminal.Out.WriteLine(SafeText.For(!Terminal.IsOutputRedirected, line));
        }
    }

    /// <summary>A line beside the output, for people.</summary>
    public void Note(string line)
    {
        if (!Json)
        {
            Terminal.Error.WriteLine(SafeText.For(!Terminal.IsErrorRedirected, line));
        }
    }

    public void Dispose()
    {
        if (_registry.IsValueCreated)
        {
            _registry.Value.Dispose();
        }

        if (_gateway.IsValueCreated)
        {
            _gateway.Value.Dispose();
        }
    }
}
