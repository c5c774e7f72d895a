#:property PublishAot=false
// Runs the README's commands in their order, as a reader would, and checks what they print:
//   dotnet run scripts/readme_check.cs
// A comment before a command block says what to look for:
//   <!-- ci: expect "text" -->        the output holds the text
//   <!-- ci: eventually "text" -->    the output holds the text within half a minute, where it is asked for again and again
//   <!-- ci: background until "…" --> runs on while the rest is done, and is stopped at the end
//   <!-- ci: files FOLDER -->         the code blocks before it are written into the folder, which is removed at the end
//   <!-- ci: skip, reason -->         not run
using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using ModelMesh.Scripts;

return await Checks.RunAsync(async () =>
{
    var root = Environment.CurrentDirectory;
    if (!File.Exists(Path.Combine(root, "README.md")))
    {
        throw new ScriptException("run it from the root of the clone");
    }

    var readme = await File.ReadAllTextAsync(Path.Combine(root, "README.md"));
    var checks = new Checks();
    var cleanup = new Stack<Action>();
    cleanup.Push(() => Remove(Shell.Data));
    try
    {
        foreach (Match block in Regex.Matches(readme, @"(<!-- ci: (?<note>.*?) -->\n)?```bash\n(?<command>.*?)\n```", RegexOptions.Singleline))
        {
            var command = block.Groups["command"].Value;
            var note = block.Groups["note"].Value;
            Console.WriteLine($"$ {command}");
            if (note.StartsWith("skip", StringComparison.Ordinal))
            {
                Console.WriteLine($"  {note}");
                continue;
            }

            if (note.StartsWith("background until ", StringComparison.Ordinal))
            {
                var running = new Shell(command, root);
                cleanup.Push(running.Stop);
                checks.That(await running.PrintsAsync(Quoted(note), TimeSpan.FromMinutes(5)), $"says {Quoted(note)}", running.Output);
                continue;
            }

            if (note.StartsWith("files ", StringComparison.Ordinal))
            {
                var folder = Path.Combine(root, note[6..]);
                WriteFiles(readme[..block.Index], folder);
                cleanup.Push(() => Remove(folder));
                cleanup.Push(() => Remove(Path.Combine(root, "artifacts", "backends", Path.GetFileName(folder))));
            }

            var eventually = note.StartsWith("eventually ", StringComparison.Ordinal);
            var attempts = eventually ? 100 : note.StartsWith("expect ", StringComparison.Ordinal) ? 10 : 1;
            for (var attempt = 1; ; attempt++)
            {
                var shell = new Shell(command, root);
                var ended = await shell.EndsAsync(TimeSpan.FromMinutes(3));
                var good = ended && shell.ExitCode == 0 && (attempts == 1 || shell.Output.Contains(Quoted(note), StringComparison.Ordinal));

                // A dropped plugin takes up to two seconds to be there; nothing else is tried twice.
                if (good || attempt == attempts || !(eventually || command.Contains("--retry", StringComparison.Ordinal)))
                {
                    checks.That(good, attempts == 1 ? "exits with 0" : $"prints {Quoted(note)}", shell.Output);
                    break;
                }

                await Task.Delay(TimeSpan.FromMilliseconds(300));
            }
        }
    }
    finally
    {
        while (cleanup.TryPop(out var clean))
        {
            clean();
        }
    }

    return checks.Summary();
});

// What failed before may not have made it; and what follows, the mesh's stop above all, has to be reached.
static void Remove(string folder)
{
    if (Directory.Exists(folder))
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string Quoted(string note) => Regex.Unescape(Regex.Match(note, "\"(?<text>.*)\"$").Groups["text"].Value);

// The last csharp block is the plugin, the last xml block its project.
static void WriteFiles(string before, string folder)
{
    Directory.CreateDirectory(folder);
    var name = Path.GetFileName(folder);
    string Last(string language) => Regex.Matches(before, $@"```{language}\n(?<code>.*?)```", RegexOptions.Singleline).Last().Groups["code"].Value;
    File.WriteAllText(Path.Combine(folder, $"{name}.cs"), Last("csharp"));
    File.WriteAllText(Path.Combine(folder, $"{name}.csproj"), Last("xml"));
}

internal sealed class Shell
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    public Shell(string command, string folder)
    {
        _process = new Process
        {
            StartInfo = new ProcessStartInfo("bash", ["-c", $"exec 0</dev/null; {command}"])
            {
                UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder,
            },
        };
        // A clone that was used before holds registrations; the reader's is fresh.
        _process.StartInfo.Environment["Store__DataDirectory"] = Data;
        _process.OutputDataReceived += (_, line) => Read(line.Data);
        _process.ErrorDataReceived += (_, line) => Read(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public static string Data { get; } = Directory.CreateTempSubdirectory("modelmesh-readme-").FullName;

    public int ExitCode => _process.ExitCode;

    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    public async Task<bool> PrintsAsync(string text, TimeSpan deadline)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (!Output.Contains(text, StringComparison.Ordinal))
        {
            if (_process.HasExited || TimeProvider.System.GetElapsedTime(start) > deadline)
            {
                return false;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return true;
    }

    public async Task<bool> EndsAsync(TimeSpan deadline)
    {
        using var timeout = new CancellationTokenSource(deadline);
        try
        {
            await _process.WaitForExitAsync(timeout.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            return false;
        }
    }

    /// <summary>Asks the command to end and waits; what does not is killed.</summary>
    public void Stop()
    {
        // Not the shell, where it has a child: it would end before the command does, and what is removed next would still be in use.
        using var kill = Process.Start("bash", ["-c", $"children=$(pgrep -P {_process.Id}); kill -TERM ${{children:-{_process.Id}}} 2>/dev/null; true"]);
        kill.WaitForExit();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(15)))
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private void Read(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
